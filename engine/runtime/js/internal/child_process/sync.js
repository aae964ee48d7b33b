'use strict';

// Children that are waited for (https://nodejs.org/api/child_process.html#synchronous-process-creation).

const { ErrnoException, codes } = require('internal/errors');
const { signalName, toArguments } = require('internal/child_process/handle');
const { normalizeSpawnArguments, sanitizeKillSignal, validStdio, validateMaxBuffer, validateTimeout } = require('internal/child_process/options');

const MAX_BUFFER = 1024 * 1024;
const SIGTERM = 15;

function toInput(value, name) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], value);
}

/** `child_process.spawnSync`. */
function spawnSync(file, args, options) {
  options = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawnArguments(file, args, options) };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  const killSignal = sanitizeKillSignal(options.killSignal) ?? SIGTERM;
  const { stdio } = validStdio(options.stdio ?? 'pipe', true);
  const inputs = stdio.map((entry, index) => {
    const given = index === 0 && entry.type === 'pipe' ? options.input : undefined;
    const input = toInput(given, `options.stdio[${index}]`);
    return typeof input === 'string' ? Buffer.from(input, options.encoding === 'buffer' ? undefined : options.encoding) : input;
  });
  const ran = ops.child_run(
    ...toArguments({ __proto__: null, ...options, stdio }), inputs, options.timeout || null, options.maxBuffer ?? Infinity, killSignal,
  );
  const result = resultOf(ran);
  // Where the host made a pipe of an output that is inherited, what came out is output of the script.
  stdio.forEach(({ type, fd }, index) => {
    const bytes = result.output?.[index];
    if (!bytes || type === 'pipe' || type === 'overlapped') return;
    if (bytes.length > 0) ops.stdio_write(fd, bytes);
    result.output[index] = null;
  });
  if (result.output && options.encoding && options.encoding !== 'buffer') {
    result.output = result.output.map((bytes) => (bytes === null ? null : bytes.toString(options.encoding)));
  }
  result.stdout = result.output ? result.output[1] : null;
  result.stderr = result.output ? result.output[2] : null;
  if (result.error) {
    result.error = new ErrnoException(result.error, `spawnSync ${options.file}`);
    result.error.path = options.file;
    result.error.spawnargs = options.args.slice(1);
  }
  return result;
}

function resultOf(ran) {
  if (typeof ran === 'number') {
    // The order of the properties is what users see.
    return { error: ran, status: null, signal: null, output: null, pid: 0 };
  }
  const [pid, status, signal, error, outputs] = ran;
  const output = outputs.map((bytes, index) => {
    if (bytes === null || index === 0) return null;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  });
  const result = error === null ? {} : { error };
  return Object.assign(result, {
    status,
    signal: signal === null ? null : signalName(signal),
    output,
    pid,
  });
}

/** An error for a child that failed, with all that is known of it. */
function checkResult(result, args, command) {
  if (result.error) {
    Object.assign(result.error, result);
    return result.error;
  }
  if (result.status === 0) return undefined;
  let message = 'Command failed: ';
  message += command || args.join(' ');
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return Object.assign(new Error(message), result);
}

/** `child_process.execFileSync`. */
function execFileSync(file, args, options) {
  ({ args, options } = splitFileArguments(file, args, options));
  const isInherited = !options.stdio;
  const result = spawnSync(file, args, options);
  if (isInherited && result.stderr) process.stderr.write(result.stderr);
  const all = [options.argv0 || file, ...args];
  const error = checkResult(result, all);
  if (error) throw error;
  return result.stdout;
}

/** `child_process.execSync`. */
function execSync(command, options) {
  const { validateString } = require('internal/validators');
  validateString(command, 'command');
  const isInherited = !options?.stdio;
  const result = spawnSync(command, { ...options, shell: typeof options?.shell === 'string' ? options.shell : true });
  if (isInherited && result.stderr) process.stderr.write(result.stderr);
  const error = checkResult(result, undefined, command);
  if (error) throw error;
  return result.stdout;
}

function splitFileArguments(file, args, options) {
  if (args !== undefined && args !== null && !Array.isArray(args)) {
    if (typeof args !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
    options = args;
    args = [];
  }
  if (options !== undefined && options !== null) require('internal/validators').validateObject(options, 'options');
  return { args: args ?? [], options: { __proto__: null, ...options } };
}

module.exports = { execFileSync, execSync, spawnSync };

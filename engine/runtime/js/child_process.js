'use strict';

// Child processes (https://nodejs.org/api/child_process.html).

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateArray, validateFunction, validateObject, validateString } = require('internal/validators');
const { ChildProcess } = require('internal/child_process/child');
const {
  checkNull, normalizeSpawnArguments, sanitizeKillSignal, validateMaxBuffer, validateTimeout,
} = require('internal/child_process/options');
const { execFileSync, execSync, spawnSync } = require('internal/child_process/sync');

const MAX_BUFFER = 1024 * 1024;

function abortChild(child, killSignal, reason) {
  if (!child) return;
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

function spawn(file, args, options) {
  options = normalizeSpawnArguments(file, args, options);
  validateTimeout(options.timeout);
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  const killSignal = sanitizeKillSignal(options.killSignal);
  const child = new ChildProcess();
  child.spawn(options);
  if (options.timeout > 0) {
    let timer = setTimeout(() => {
      timer = null;
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, options.timeout);
    child.once('exit', () => {
      if (timer) clearTimeout(timer);
      timer = null;
    });
  }
  if (signal) {
    const abort = () => abortChild(child, killSignal, signal.reason);
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      const disposable = require('internal/events/abort_listener').addAbortListener(signal, abort);
      child.once('exit', disposable[Symbol.dispose]);
    }
  }
  return child;
}

function normalizeFileArguments(file, args, options, callback) {
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args !== null && typeof args === 'object') {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  args ??= [];
  if (typeof options === 'function') callback = options;
  else if (options !== undefined && options !== null) validateObject(options, 'options');
  options = typeof options === 'object' && options !== null ? options : {};
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  if (options.argv0 !== undefined && options.argv0 !== null) {
    validateString(options.argv0, 'options.argv0');
    checkNull(options.argv0, 'options.argv0');
  }
  return { file, args, options, callback };
}

/** What one of the outputs of a child holds, up to a limit. */
class Output {
  #parts = [];
  #length = 0;
  isText;
  wasCut = false;

  constructor(encoding) {
    this.isText = encoding !== undefined && encoding !== null && encoding !== 'buffer' && Buffer.isEncoding(encoding);
  }

  /** Takes a part; false when it is too much. */
  add(chunk, most) {
    // A script may have asked the stream for text itself.
    if (typeof chunk === 'string') this.isText = true;
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    this.#length += length;
    if (this.#length <= most) {
      this.#parts.push(chunk);
      return true;
    }
    this.wasCut = true;
    const room = most - (this.#length - length);
    this.#parts.push(chunk.slice(0, room));
    return false;
  }

  value() {
    return this.isText ? this.#parts.join('') : Buffer.concat(this.#parts);
  }
}

function execFile(_file, _args, _options, _callback) {
  let { file, args, options, callback } = normalizeFileArguments(...arguments);
  options = {
    __proto__: null, encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false, ...options,
  };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  const killSignal = sanitizeKillSignal(options.killSignal);
  options.killSignal = killSignal;
  const child = spawn(file, args, {
    __proto__: null,
    cwd: options.cwd,
    env: options.env,
    gid: options.gid,
    shell: options.shell,
    signal: options.signal,
    uid: options.uid,
    windowsHide: Boolean(options.windowsHide),
    windowsVerbatimArguments: Boolean(options.windowsVerbatimArguments),
    argv0: options.argv0,
  });
  const outputs = [new Output(options.encoding), new Output(options.encoding)];
  let killed = false;
  let exited = false;
  let timer = null;
  let error = null;

  function onExit(code, signal) {
    if (exited) return;
    exited = true;
    if (timer) clearTimeout(timer);
    timer = null;
    if (!callback) return;
    const [stdout, stderr] = outputs.map((output) => output.value());
    if (!error && code === 0 && signal === null) {
      callback(null, stdout, stderr);
      return;
    }
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    if (!error) {
      error = Object.assign(new Error(`Command failed: ${command}\n${stderr}`), {
        code: code < 0 ? require('util').getSystemErrorName(code) : code,
        killed: child.killed || killed,
        signal,
      });
    }
    error.cmd = command;
    callback(error, stdout, stderr);
  }

  function onError(failed) {
    error ??= failed;
    child.stdout?.destroy();
    child.stderr?.destroy();
    onExit(undefined, undefined);
  }

  function kill() {
    child.stdout?.destroy();
    child.stderr?.destroy();
    killed = true;
    try {
      child.kill(killSignal);
    } catch (failed) {
      if (!error) onError(failed);
    }
  }

  if (options.timeout > 0) {
    timer = setTimeout(() => {
      timer = null;
      kill();
    }, options.timeout);
  }
  ['stdout', 'stderr'].forEach((name, index) => {
    const stream = child[name];
    if (!stream) return;
    const output = outputs[index];
    if (output.isText) stream.setEncoding(options.encoding);
    stream.on('data', (chunk) => {
      if (output.wasCut || output.add(chunk, options.maxBuffer ?? Infinity)) return;
      error = new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      kill();
    });
  });
  child.addListener('close', onExit);
  child.addListener('error', onError);
  return child;
}

function exec(command, options, callback) {
  validateString(command, 'command');
  checkNull(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return execFile(command, options, callback);
}

/** For `util.promisify`: the promise also has the child, and its error both outputs. */
function promised(start) {
  return (...args) => {
    let resolve;
    let reject;
    const promise = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    promise.child = start(...args, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(Object.assign(error, { stdout, stderr }));
    });
    return promise;
  };
}

for (const start of [exec, execFile]) {
  Object.defineProperty(start, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null,
    enumerable: false,
    value: Object.defineProperty(promised(start), 'name', { __proto__: null, value: start.name, configurable: true }),
  });
}

function fork(modulePath, args = [], options) {
  const path = require('internal/url').toPathIfFileURL(modulePath);
  if (typeof path !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('modulePath', ['string', 'Buffer', 'URL'], modulePath);
  checkNull(path, 'modulePath');
  if (args === null || args === undefined) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  } else {
    validateArray(args, 'args');
  }
  if (options !== null && options !== undefined) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  options.execPath ||= process.execPath;
  checkNull(options.execPath, 'options.execPath');
  const isInherited = !options.execArgv;
  const execArgv = options.execArgv || [...process.execArgv];
  validateArray(execArgv, 'options.execArgv');
  // The text of a program that ran with --eval is not the child's.
  if (isInherited && process._eval !== undefined) {
    const index = execArgv.lastIndexOf(process._eval);
    if (index > 0) execArgv.splice(index - 1, 2);
  }
  if (typeof options.stdio === 'string') {
    const every = { ignore: 'ignore', pipe: 'pipe', overlapped: 'overlapped', inherit: 'inherit' }[options.stdio];
    if (every === undefined) throw new codes.ERR_INVALID_ARG_VALUE('stdio', options.stdio);
    options.stdio = [every, every, every, 'ipc'];
  } else if (!Array.isArray(options.stdio)) {
    const every = options.silent ? 'pipe' : 'inherit';
    options.stdio = [every, every, every, 'ipc'];
  } else if (!options.stdio.includes('ipc')) {
    throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(options.execPath, [...execArgv, path, ...args], options);
}

module.exports = {
  _forkChild(fd, serialization) {
    require('internal/child_process/ipc').setUpForParent(fd, serialization);
  },
  ChildProcess,
  exec,
  execFile,
  execFileSync,
  execSync,
  fork,
  spawn,
  spawnSync,
};

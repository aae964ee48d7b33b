'use strict';

// What the functions of `child_process` are given, checked (https://nodejs.org/api/child_process.html).

const { codes } = require('internal/errors');
const {
  isInt32, validateBoolean, validateObject, validateString,
} = require('internal/validators');
const { Pipe } = require('internal/net/handle');

/** Programs take no text with a zero byte in it. */
function checkNull(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function toPath(value, name) {
  const { toPathIfFileURL } = require('internal/url');
  const path = toPathIfFileURL(value);
  if (typeof path !== 'string' && !(path instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
  }
  checkNull(path, name);
  return path;
}

/** A signal by name or number, as a number. */
function toSignalNumber(signal) {
  const { signals } = require('internal/os/constants');
  if (typeof signal === 'number' && Object.values(signals).includes(signal)) return signal;
  if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number !== undefined) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function sanitizeKillSignal(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal === 'string' || typeof signal === 'number') return toSignalNumber(signal);
  throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
}

function validateTimeout(timeout) {
  if (timeout !== undefined && timeout !== null) require('internal/validators').validateInteger(timeout, 'timeout', 0);
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer === undefined || maxBuffer === null) return;
  require('internal/validators').validateNumber(maxBuffer, 'options.maxBuffer');
  if (!(maxBuffer >= 0)) {
    throw new codes.ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

/** `(file, args, options)` in all their forms, as what is started. */
function normalizeSpawnArguments(file, args, options) {
  validateString(file, 'file');
  checkNull(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args === undefined || args === null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  args = args.map((arg, index) => {
    const text = `${arg}`;
    checkNull(text, `args[${index}]`);
    return text;
  });
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };
  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) cwd = toPath(cwd, 'options.cwd');
  if (options.detached !== undefined && options.detached !== null) validateBoolean(options.detached, 'options.detached');
  for (const name of ['uid', 'gid']) {
    if (options[name] !== undefined && options[name] !== null && !isInt32(options[name])) {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'int32', options[name]);
    }
  }
  const { shell } = options;
  if (shell !== undefined && shell !== null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], shell);
  }
  checkNull(shell, 'options.shell');
  if (options.argv0 !== undefined && options.argv0 !== null) {
    validateString(options.argv0, 'options.argv0');
    checkNull(options.argv0, 'options.argv0');
  }
  for (const name of ['windowsHide', 'windowsVerbatimArguments']) {
    if (options[name] !== undefined && options[name] !== null) validateBoolean(options[name], `options.${name}`);
  }
  if (shell) {
    if (args.length > 0) warnOfShell();
    const command = [file, ...args].join(' ');
    file = typeof shell === 'string' ? shell : '/bin/sh';
    args = ['-c', command];
  }
  args.unshift(typeof options.argv0 === 'string' ? options.argv0 : file);
  return { __proto__: null, ...options, args, cwd, file, envPairs: environment(options.env), detached: Boolean(options.detached) };
}

let warned = false;

function warnOfShell() {
  if (warned) return;
  warned = true;
  process.emitWarning(
    'Passing args to a child process with shell option true can lead to security vulnerabilities, as the arguments are not escaped, only concatenated.',
    'DeprecationWarning', 'DEP0190',
  );
}

/** `NAME=value` for the child; also of names that were inherited. */
function environment(env) {
  if (env === undefined || env === null) return Object.keys(process.env).map((name) => `${name}=${process.env[name]}`);
  const pairs = [];
  // eslint-disable-next-line guard-for-in -- inherited names count, too
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkNull(name, `options.env['${name}']`);
    checkNull(`${value}`, `options.env['${name}']`);
    pairs.push(`${name}=${value}`);
  }
  return pairs;
}

/** The three or more entries that `options.stdio` stands for. */
function stdioList(stdio) {
  if (Array.isArray(stdio)) {
    const list = [...stdio];
    while (list.length < 3) list.push(undefined);
    return list;
  }
  if (stdio === undefined || stdio === null) return ['pipe', 'pipe', 'pipe'];
  switch (stdio) {
    case 'ignore':
    case 'overlapped':
    case 'pipe':
      return [stdio, stdio, stdio];
    case 'inherit':
      return [0, 1, 2];
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
}

/** Streams that were given to a child: what is in them is for the child alone. */
const givenAway = new WeakSet();

function giveAway(stream, handle) {
  givenAway.add(stream);
  if (handle.reading) handle.readStop();
  stream.pause?.();
}

/** What each of a child's descriptors leads to. */
function validStdio(stdio, isSync) {
  let ipc;
  let ipcFd;
  const entries = stdioList(stdio).map((given, index) => {
    given ??= index < 3 ? 'pipe' : 'ignore';
    if (given === 'ignore') return { type: 'ignore' };
    if (given === 'pipe' || given === 'overlapped' || (typeof given === 'number' && given < 0)) {
      const entry = { type: given === 'overlapped' ? 'overlapped' : 'pipe', readable: index === 0, writable: index !== 0 };
      if (!isSync) entry.handle = new Pipe();
      return entry;
    }
    if (given === 'ipc') {
      if (isSync) throw new codes.ERR_IPC_SYNC_FORK();
      if (ipc !== undefined) throw new codes.ERR_IPC_ONE_PIPE();
      ipc = new Pipe();
      ipcFd = index;
      return { type: 'pipe', handle: ipc, ipc: true };
    }
    if (given === 'inherit') return { type: 'inherit', fd: index };
    if (typeof given === 'number' || typeof given.fd === 'number') {
      return { type: 'fd', fd: typeof given === 'number' ? given : given.fd };
    }
    const handle = given.handle ?? given._handle;
    if (handle && typeof handle.fd === 'number' && handle.fd >= 0) {
      if (!isSync && given._handle === handle) giveAway(given, handle);
      return { type: 'fd', fd: handle.fd };
    }
    if (isSync && ArrayBuffer.isView(given)) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('util').inspect(given));
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', given);
  });
  return { stdio: entries, ipc, ipcFd };
}

module.exports = {
  checkNull, givenAway, normalizeSpawnArguments, sanitizeKillSignal, toSignalNumber, validStdio, validateMaxBuffer,
  validateTimeout,
};

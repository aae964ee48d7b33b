'use strict';

// Folders: mkdir, mkdtemp, readdir, rmdir, rm (https://nodejs.org/api/fs.html#fsmkdirpath-options-callback).

const { codes } = require('internal/errors');
const { validateBoolean } = require('internal/validators');
const {
  checkCallback,
  isText,
  toBuffer,
  toMode,
  toName,
  toOptions,
  toPath,
  toRmOptions,
} = require('internal/fs/arguments');
const { converted, marked } = require('internal/fs/callbacks');
const { Dirent } = require('internal/fs/dirent');

/** `{ mode, recursive }` from what `mkdir` is given. */
function toMkdirOptions(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = toMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      ({ recursive } = options);
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = toMode(options.mode, 'options.mode');
  }
  return { mode, recursive };
}

function mkdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const { mode, recursive } = toMkdirOptions(options);
  checkCallback(callback);
  path = toPath(path);
  ops.fs_mkdir(path, mode, recursive, callback);
}

function mkdirSync(path, options) {
  const { mode, recursive } = toMkdirOptions(options);
  return ops.fs_mkdir(toPath(path), mode, recursive, undefined);
}

let warnedOfX = false;

/** A prefix of `mkdtemp`, which adds six characters of its own. */
function toTemplate(prefix) {
  prefix = toPath(prefix, 'prefix');
  if (!warnedOfX && (typeof prefix === 'string' ? prefix.endsWith('X') : prefix.at(-1) === 0x58)) {
    warnedOfX = true;
    process.emitWarning('mkdtemp() templates ending with X are not portable. ' +
      'For details see: https://nodejs.org/api/fs.html');
  }
  return prefix;
}

function mkdtemp(prefix, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  const { encoding } = toOptions(options);
  prefix = toTemplate(prefix);
  ops.fs_mkdtemp(prefix, isText(encoding), converted(callback, (name) => toName(name, encoding)));
}

function mkdtempSync(prefix, options) {
  const { encoding } = toOptions(options);
  prefix = toTemplate(prefix);
  return toName(ops.fs_mkdtemp(prefix, isText(encoding), undefined), encoding);
}

const DISPOSAL = Object.freeze({ maxRetries: 0, recursive: true, force: true, retryDelay: 0 });

function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  // The current folder may be another one by then.
  const full = require('path').resolve(typeof path === 'string' ? path : path.toString());
  const remove = () => rmSync(full, DISPOSAL);
  return {
    path,
    remove,
    [Symbol.dispose]() {
      remove();
    },
  };
}

/** Options of `readdir`. */
function toReaddirOptions(options) {
  const { encoding, withFileTypes, recursive } = toOptions(options);
  if (recursive !== undefined && recursive !== null) validateBoolean(recursive, 'options.recursive');
  return { encoding, withFileTypes: Boolean(withFileTypes), recursive: Boolean(recursive) };
}

/** What an op found in a folder, as the script wants it. */
function toEntries(found, path, { encoding, withFileTypes }) {
  if (!withFileTypes) {
    if (isText(encoding)) return found;
    for (let i = 0; i < found.length; i++) found[i] = toName(found[i], encoding);
    return found;
  }
  const [names, kinds, folders] = found;
  const { join } = require('path');
  // Paths of folders are shared by everything that is in them.
  let within;
  let folder = path;
  const base = typeof path === 'string' ? path : toBuffer(path).toString();
  for (let i = 0; i < names.length; i++) {
    const own = folders[i];
    if (own.length > 0 && String(own) !== within) {
      within = String(own);
      folder = typeof own === 'string' ? join(base, own) : toName(joined(base, own), encoding);
    } else if (own.length === 0) {
      folder = path;
    }
    names[i] = new Dirent(toName(names[i], encoding), kinds[i], folder);
  }
  return names;
}

function joined(base, bytes) {
  return require('buffer').Buffer.from(require('path').join(base, toBuffer(bytes).toString()));
}

function startReaddir(path, options, callback) {
  const { encoding, withFileTypes, recursive } = options;
  return ops.fs_readdir(path, isText(encoding), withFileTypes, recursive, callback);
}

function readdir(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  options = toReaddirOptions(options);
  path = toPath(path);
  startReaddir(path, options, converted(callback, (found) => toEntries(found, path, options)));
}

function readdirSync(path, options) {
  options = toReaddirOptions(options);
  path = toPath(path);
  return toEntries(startReaddir(path, options, undefined), path, options);
}

/** `rmdir` once could remove more than empty folders. */
function checkRmdirOptions(options) {
  if (options?.recursive !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
  }
}

function rmdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  checkRmdirOptions(options);
  checkCallback(callback);
  path = toPath(path);
  ops.fs_rmdir(path, callback);
}

function rmdirSync(path, options) {
  checkRmdirOptions(options);
  ops.fs_rmdir(toPath(path), undefined);
}

/** A folder that `rm` was not told to remove with its content has an error of its own. */
function toRmError(error) {
  if (error.syscall !== 'rm' || error.code !== 'EISDIR') return error;
  return new codes.ERR_FS_EISDIR({
    code: 'EISDIR', message: 'is a directory', path: error.path, syscall: 'rm', errno: -error.errno,
  });
}

function startRm(path, { recursive, force, maxRetries, retryDelay }, callback) {
  return ops.fs_rm(path, recursive, force, maxRetries, retryDelay, callback);
}

function rm(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  path = toPath(path);
  options = toRmOptions(options);
  const done = (error) => {
    if (error === null) {
      callback(null);
      return;
    }
    callback(toLateRmError(error));
  };
  startRm(path, options, marked(done, callback));
}

/** As `toRmError`, without a stack: what comes out of the loop has nothing on it. */
function toLateRmError(error) {
  const shown = toRmError(error);
  if (shown !== error) {
    Object.defineProperty(shown, 'stack', {
      __proto__: null, value: `${shown.name} [${shown.code}]: ${shown.message}`, writable: true, configurable: true,
    });
  }
  return shown;
}

function rmSync(path, options) {
  path = toPath(path);
  options = toRmOptions(options);
  try {
    startRm(path, options, undefined);
  } catch (error) {
    throw toRmError(error);
  }
}

module.exports = {
  checkRmdirOptions,
  mkdir,
  mkdirSync,
  mkdtemp,
  mkdtempDisposableSync,
  mkdtempSync,
  readdir,
  readdirSync,
  rm,
  rmSync,
  rmdir,
  rmdirSync,
  startReaddir,
  startRm,
  toEntries,
  toLateRmError,
  toMkdirOptions,
  toReaddirOptions,
  toTemplate,
};

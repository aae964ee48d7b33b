'use strict';

// Whole files: readFile, writeFile, appendFile (https://nodejs.org/api/fs.html#fsreadfilepath-options-callback).

const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateBuffer } = require('internal/validators');
const {
  checkCallback,
  checkContent,
  encoded,
  isFd,
  toBuffer,
  toFlags,
  toFd,
  toMode,
  toOptions,
  toPath,
} = require('internal/fs/arguments');
const { marked } = require('internal/fs/callbacks');

const MAX_WHOLE = 2 ** 31 - 1;
const READ_DEFAULTS = Object.freeze({ __proto__: null, encoding: null, flag: 'r' });
const WRITE_DEFAULTS = Object.freeze({ __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
const APPEND_DEFAULTS = Object.freeze({ __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'a', flush: false });

/** Whether the content is wanted as UTF-8 text, which the system's side decodes. */
function wantsText({ encoding, buffer }) {
  return (encoding === 'utf8' || encoding === 'utf-8') && buffer === undefined;
}

/** Checks `options.buffer`: where the content is to go, or a function that is told the size and says so. */
function checkTarget({ buffer }) {
  if (buffer === undefined || typeof buffer === 'function' || ArrayBuffer.isView(buffer)) return;
  const expected = ['function', 'Buffer', 'TypedArray', 'DataView'];
  throw new codes.ERR_INVALID_ARG_TYPE('options.buffer', expected, buffer);
}

/** Copies the content to where the script wants it. */
function placed(bytes, target) {
  let name = 'options.buffer';
  if (typeof target === 'function') {
    target = target(bytes.length);
    name = 'options.buffer()';
    validateBuffer(target, name);
  }
  const { byteLength } = target;
  if (byteLength < bytes.length) {
    const reason = `is smaller than the file size of ${bytes.length} bytes`;
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.byteLength`, byteLength, reason);
  }
  const view = new Uint8Array(target.buffer, target.byteOffset, bytes.length);
  view.set(bytes);
  return view;
}

/** What `fs_read_file` returned, in the encoding asked for. */
function toContent(value, { encoding, buffer: target }) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (value > MAX_WHOLE) throw new codes.ERR_FS_FILE_TOO_LARGE(value);
    throw new codes.ERR_STRING_TOO_LONG(require('buffer').constants.MAX_STRING_LENGTH);
  }
  const buffer = toBuffer(target === undefined ? value : placed(value, target));
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

/** A failed read of a file that was opened by its path. */
function withPath(error, path) {
  if (error.syscall === 'read' && error.path === undefined) {
    error.path = typeof path === 'string' ? path : toBuffer(path).toString();
    error.message += ` '${error.path}'`;
    Object.defineProperty(error, 'stack', {
      __proto__: null, value: `Error: ${error.message}`, writable: true, configurable: true,
    });
  }
  return error;
}

/**
 * Starts an operation that a signal can end: its result is not waited for any more then. `settle` is called once, as
 * a callback is.
 */
function abortable(signal, start, settle) {
  if (signal === undefined || signal === null) {
    start(settle);
    return;
  }
  let open = true;
  const finish = (error, value) => {
    if (!open) return;
    open = false;
    signal.removeEventListener('abort', abort);
    settle(error, value);
  };
  const id = start(marked(finish, settle));
  function abort() {
    ops.op_cancel(id);
    process.nextTick(finish, new AbortError(undefined, { cause: signal.reason }));
  }
  signal.addEventListener('abort', abort, { once: true });
}

/** Starts reading; the op's id. */
function startReading(path, options, callback) {
  const text = wantsText(options);
  if (isFd(path)) return ops.fs_read_to_end(path, text, callback);
  return ops.fs_read_file(path, toFlags(options.flag), text, callback);
}

/** What a callback of `readFile` is called on: it shows in stack traces. */
class ReadFileContext {
  constructor(callback) {
    this.callback = callback;
  }
}

function readFile(path, options, callback) {
  callback ||= options;
  checkCallback(callback);
  options = toOptions(options, READ_DEFAULTS);
  checkTarget(options);
  const { signal } = options;
  if (!isFd(path)) {
    path = toPath(path);
    toFlags(options.flag, 'options.flag');
  }
  const context = new ReadFileContext(callback);
  const done = (error, value) => {
    if (error !== null) {
      context.callback(isFd(path) ? error : withPath(error, path));
      return;
    }
    let content;
    try {
      content = toContent(value, options);
    } catch (failed) {
      context.callback(failed);
      return;
    }
    context.callback(null, content);
  };
  if (signal?.aborted) {
    callback(new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  abortable(signal, (settle) => startReading(path, options, settle), marked(done, callback));
}

function readFileSync(path, options) {
  options = toOptions(options, READ_DEFAULTS);
  checkTarget(options);
  if (path === -1) toFd(path);
  return toContent(startReading(isFd(path) ? path : toPath(path), options, undefined), options);
}

/** Checks and completes what writing a whole file is given. */
function toWriting(path, data, options, defaults) {
  options = toOptions(options, defaults);
  const { encoding, signal } = options;
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  checkContent(data, 'data');
  const content = encoded(data, encoding || 'utf8');
  if (isFd(path)) return { fd: path, content, flush, signal };
  const file = toPath(path);
  const mode = toMode(options.mode, 'mode', 0o666);
  return { file, content, flags: toFlags(options.flag || defaults.flag), mode, flush, signal };
}

/** Starts writing; the op's id. */
function startWriting(writing, callback) {
  const { file, fd, content, flags, mode, flush } = writing;
  if (file === undefined) return ops.fs_write_all(fd, content, flush, callback);
  return ops.fs_write_file(file, content, flags, mode, flush, callback);
}

function writeWith(path, data, options, callback, defaults) {
  callback ||= options;
  checkCallback(callback);
  const writing = toWriting(path, data, options, defaults);
  const { signal } = writing;
  if (signal?.aborted) {
    callback(new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  abortable(signal, (settle) => startWriting(writing, settle), callback);
}

function writeFile(path, data, options, callback) {
  writeWith(path, data, options, callback, WRITE_DEFAULTS);
}

function writeFileSync(path, data, options) {
  startWriting(toWriting(path, data, options, WRITE_DEFAULTS), undefined);
}

function appendFile(path, data, options, callback) {
  writeWith(path, data, options, callback, APPEND_DEFAULTS);
}

function appendFileSync(path, data, options) {
  startWriting(toWriting(path, data, options, APPEND_DEFAULTS), undefined);
}

module.exports = {
  APPEND_DEFAULTS,
  READ_DEFAULTS,
  WRITE_DEFAULTS,
  abortable,
  appendFile,
  appendFileSync,
  checkTarget,
  readFile,
  readFileSync,
  startReading,
  startWriting,
  toContent,
  toWriting,
  withPath,
  writeFile,
  writeFileSync,
};

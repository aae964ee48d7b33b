'use strict';

// Watching files and folders as the system reports changes (https://nodejs.org/api/fs.html#fswatchfilename-options-listener).

const EventEmitter = require('events');
const { UVException, codes } = require('internal/errors');
const { validateBoolean, validateFunction } = require('internal/validators');
const { toBuffer, toOptions, toPath } = require('internal/fs/arguments');
const { marked } = require('internal/fs/callbacks');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;
const EVENT_TYPES = ['change', 'rename'];
const ownerSymbol = Symbol('owner_symbol');
const kFSWatchStart = Symbol('kFSWatchStart');

// Functions without a name, as Node's are.
const unnamed = (method) => method;

/** A watch of the system's. */
class FSEvent {
  #op = 0;
  #refd = true;
  /** Whether folders in the folder are watched, too. */
  #recursive = false;

  get recursive() {
    return this.#recursive;
  }

  /** Begins; throws when the system refuses. */
  start(path, recursive, encoding) {
    this.#recursive = recursive;
    const watch = ops.fs_watch_open(path, recursive);
    const told = (error, event) => {
      if (error !== null) this.onchange(error.errno, '', null);
      else this.onchange(0, EVENT_TYPES[event[0]], toFilename(event[1], encoding));
    };
    const [listener] = this[ownerSymbol].listeners('change');
    this.#op = ops.fs_watch_events(watch, path, listener === undefined ? told : marked(told, listener));
    if (!this.#refd) ops.op_refd(this.#op, false);
  }

  close() {
    if (this.#op !== 0) ops.op_cancel(this.#op);
    this.#op = 0;
  }

  setRef(refd) {
    this.#refd = refd;
    if (this.#op !== 0) ops.op_refd(this.#op, refd);
  }
}

function toFilename(bytes, encoding) {
  const name = toBuffer(bytes);
  return encoding === 'buffer' ? name : name.toString(encoding || 'utf8');
}

function checkIgnored(matcher, name) {
  if (typeof matcher === 'string') {
    if (matcher.length === 0) throw new ERR_INVALID_ARG_VALUE(name, matcher, 'must be a non-empty string');
    return;
  }
  if (matcher instanceof RegExp || typeof matcher === 'function') return;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'RegExp', 'Function'], matcher);
}

/** Checks `options.ignore`. */
function checkIgnore(ignore) {
  if (ignore === undefined || ignore === null) return;
  if (Array.isArray(ignore)) ignore.forEach((matcher, index) => checkIgnored(matcher, `options.ignore[${index}]`));
  else checkIgnored(ignore, 'options.ignore');
}

function toMatcher(matcher) {
  if (typeof matcher === 'function') return matcher;
  if (typeof matcher !== 'string') return (name) => matcher.test(name);
  const { GlobPattern } = require('internal/glob/pattern');
  const pattern = new GlobPattern(matcher);
  // A pattern without a folder is for the last part of the name.
  const { basename } = require('path');
  return matcher.includes('/') ? (name) => pattern.matches(name) : (name) => pattern.matches(basename(name));
}

/** A function that says whether to keep quiet about a name; null when about none. */
function toIgnoreMatcher(ignore) {
  if (ignore === undefined || ignore === null) return null;
  const matchers = (Array.isArray(ignore) ? ignore : [ignore]).map(toMatcher);
  return (name) => matchers.some((matches) => matches(name));
}

function FSWatcher() {
  Reflect.apply(EventEmitter, this, []);
  this._handle = new FSEvent();
  this._handle[ownerSymbol] = this;
  this._handle.onchange = unnamed((status, eventType, filename) => {
    if (this._handle === null) return;
    if (status < 0) {
      this._handle.close();
      this._handle = null;
      const error = new UVException({ errno: status, syscall: 'watch', path: filename });
      error.filename = filename;
      this.emit('error', error);
      return;
    }
    if (filename !== null && this._ignoreMatcher?.(String(filename))) return;
    this.emit('change', eventType, filename);
  });
  this._ignoreMatcher = null;
}
Object.setPrototypeOf(FSWatcher.prototype, EventEmitter.prototype);
Object.setPrototypeOf(FSWatcher, EventEmitter);

FSWatcher.prototype[kFSWatchStart] = unnamed(function (path, options) {
  if (this._handle === null) return;
  const { persistent, recursive, encoding, ignore, throwIfNoEntry } = options;
  this._ignoreMatcher = toIgnoreMatcher(ignore);
  if (!persistent) this.unref();
  try {
    this._handle.start(path, recursive, encoding);
  } catch (failed) {
    if (failed.code === 'ENOENT' && throwIfNoEntry === false) return;
    const { errno, syscall, path: filename } = failed;
    if (syscall !== 'watch') throw failed;
    const message = failed.code === 'ENOSPC' ? 'System limit for number of file watchers reached' : undefined;
    const error = new UVException({ errno, syscall, path: filename, message });
    error.filename = filename;
    throw error;
  }
});

// Nothing has to be begun any more; scripts written for old versions call it.
FSWatcher.prototype.start = unnamed(() => {});

FSWatcher.prototype.close = unnamed(function () {
  if (this._handle === null) return;
  const { recursive } = this._handle;
  this._handle.close();
  this._handle = null;
  // As in Node, which watches the two in different ways.
  if (recursive) this.emit('close');
  else process.nextTick((watcher) => watcher.emit('close'), this);
});

FSWatcher.prototype.ref = unnamed(function () {
  this._handle?.setRef(true);
  return this;
});

FSWatcher.prototype.unref = unnamed(function () {
  this._handle?.setRef(false);
  return this;
});

function watch(filename, options, listener) {
  if (typeof options === 'function') listener = options;
  const path = toPath(filename);
  options = toOptions(options);
  const { persistent = true, recursive = false, encoding, signal, ignore, throwIfNoEntry } = options;
  if (options.recursive !== undefined && options.recursive !== null) validateBoolean(recursive, 'options.recursive');
  checkIgnore(ignore);
  if (listener !== undefined && listener !== null) validateFunction(listener, 'listener');
  const watcher = new FSWatcher();
  if (listener) watcher.addListener('change', listener);
  watcher[kFSWatchStart](path, { persistent, recursive: Boolean(recursive), encoding, ignore, throwIfNoEntry });
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const abort = () => watcher.close();
      signal.addEventListener('abort', abort, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', abort));
    }
  }
  return watcher;
}

module.exports = { FSEvent, FSWatcher, checkIgnore, ownerSymbol, toIgnoreMatcher, watch };

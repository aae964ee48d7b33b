'use strict';

// `process.stdout` and `process.stderr`. Writes are synchronous, as Node's are for files and terminals
// (https://nodejs.org/api/process.html#a-note-on-process-io).
//
// They are Writables, but most scripts only write to them: until somebody asks for more than `write` and events, or
// loads `stream`, they do without that module, which would take a good part of a short script's time.

const EventEmitter = require('events');
const { codes } = require('internal/errors');

/** Streams that are not Writables yet; undefined once new ones are from the start. */
let light = [];

class StandardStream extends EventEmitter {
  constructor(fd, type) {
    super();
    this.fd = fd;
    this._type = type;
    this._isStdio = true;
    this.readable = false;
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
    const isOther = typeof chunk === 'string' && encoding && encoding !== 'utf8' && encoding !== 'utf-8';
    try {
      ops.stdio_write(this.fd, isOther ? require('buffer').Buffer.from(chunk, encoding) : chunk);
    } catch (error) {
      process.nextTick(() => {
        callback?.(error);
        if (this.listenerCount('error') > 0 || error.code !== 'EPIPE') this.emit('error', error);
      });
      return false;
    }
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
}

/** Makes one a Writable: the same object with another prototype. */
function upgrade(stream) {
  light = light?.filter((other) => other !== stream);
  require('internal/stdio_stream').upgrade(stream);
}

/** What only a Writable has; asking for it makes the stream one. */
const WRITABLE_KEYS = [
  '_writableState', 'pipe', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy', 'destroySoon',
  '_destroy', '_undestroy', 'closed', 'destroyed', 'errored', 'writable', 'writableFinished', 'writableObjectMode',
  'writableBuffer', 'writableEnded', 'writableNeedDrain', 'writableHighWaterMark', 'writableCorked', 'writableLength',
  'writableAborted', 'eventNames', Symbol.asyncDispose, Symbol.for('nodejs.util.inspect.custom'),
];
for (const key of WRITABLE_KEYS) {
  Object.defineProperty(StandardStream.prototype, key, {
    __proto__: null,
    configurable: true,
    get() {
      if (!(this instanceof StandardStream)) return undefined;
      upgrade(this);
      return this[key];
    },
    set(value) {
      upgrade(this);
      this[key] = value;
    },
  });
}

class TerminalStream extends StandardStream {
  constructor(fd) {
    super(fd, 'tty');
    this.isTTY = true;
    [this.columns, this.rows] = ops.stdio_size(fd) ?? [80, 24];
  }

  static {
    for (const name of ['getWindowSize', 'getColorDepth', 'hasColors', 'cursorTo', 'moveCursor', 'clearLine',
      'clearScreenDown']) {
      Object.defineProperty(this.prototype, name, {
        __proto__: null,
        configurable: true,
        writable: true,
        value: function (...args) {
          return Reflect.apply(require('internal/stdio_terminal')[name], this, args);
        },
      });
    }
  }
}

const TYPES = { FILE: 'fs', PIPE: 'pipe', TCP: 'pipe' };

/** The stream for descriptor 1 or 2. */
function create(fd) {
  const stream = ops.stdio_is_terminal(fd)
    ? new TerminalStream(fd)
    : new StandardStream(fd, TYPES[ops.stdio_kind(fd)] ?? 'fs');
  if (light === undefined) upgrade(stream);
  else light.push(stream);
  return stream;
}

/** For when `stream` is loaded: scripts may then look whether these are instances of its classes. */
function upgradeAll() {
  const streams = light;
  light = undefined;
  streams?.forEach(upgrade);
}

module.exports = { create, upgradeAll };

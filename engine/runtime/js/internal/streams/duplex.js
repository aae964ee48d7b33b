'use strict';

// Duplex: both directions in one (https://nodejs.org/api/stream.html#class-streamduplex).

const { Stream } = require('internal/streams/legacy');
const { construct } = require('internal/streams/destroy');
const { Readable, startReading } = require('internal/streams/readable');
const { ReadableState } = require('internal/streams/readable_state');
const { Writable } = require('internal/streams/writable');
const { clearBuffer, finishMaybe, makeOnWrite } = require('internal/streams/writable_flow');
const { WritableState } = require('internal/streams/writable_state');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  // All the fields of a stream's own events from the start: one shape for all streams.
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined, data: undefined,
    end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true, makeOnWrite(this));

  if (options) {
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) {
      const state = this._readableState;
      state.readable = false;
      state.ended = true;
      state.endEmitted = true;
    }
    if (options.writable === false) {
      const state = this._writableState;
      state.writable = false;
      state.ending = true;
      state.ended = true;
      state.finished = true;
    }
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  } else {
    this.allowHalfOpen = true;
  }
  Stream.call(this, options);

  if (typeof this._construct === 'function') constructBoth(this);
}

/** Has a stream open what it is a stream of, before it reads and writes. */
function constructBoth(stream) {
  construct(stream, () => startReading(stream));
  construct(stream, () => {
    const state = stream._writableState;
    if (!state.writing) clearBuffer(stream, state);
    if (state.ending) finishMaybe(stream, state);
  });
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

for (const name of ['write', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy']) {
  Duplex.prototype[name] = Writable.prototype[name];
}

const fromWritable = [
  'writable', 'writableHighWaterMark', 'writableObjectMode', 'writableBuffer', 'writableLength', 'writableFinished',
  'writableCorked', 'writableEnded', 'writableNeedDrain',
];
for (const name of fromWritable) {
  Object.defineProperty(Duplex.prototype, name, Object.getOwnPropertyDescriptor(Writable.prototype, name));
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  __proto__: null,
  get() {
    if (this._readableState === undefined || this._writableState === undefined) return false;
    return this._readableState.destroyed && this._writableState.destroyed;
  },
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
});

Duplex.from = function (body) {
  return require('internal/streams/duplexify').duplexify(body, 'body');
};

// Web streams (https://nodejs.org/api/webstreams.html) are made only when asked for.
Duplex.toWeb = function toWeb(duplex, options) {
  return require('internal/webstreams/adapters').duplexToWeb(duplex, options);
};
Duplex.fromWeb = function fromWeb(pair, options) {
  return require('internal/webstreams/adapters').duplexFromWeb(pair, options);
};

module.exports = { Duplex };

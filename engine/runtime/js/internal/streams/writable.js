'use strict';

// Writable: where data goes (https://nodejs.org/api/stream.html#writable-streams).

const { codes } = require('internal/errors');
const { FastBuffer } = require('internal/buffer/base');
const { isEncoding } = require('internal/buffer/create');
const { Stream } = require('internal/streams/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');
const { kState, kConstructed, kDestroyed, kErrored, kObjectMode } = require('internal/streams/flags');
const {
  WritableState, kAllBuffers, kAllNoop, kBuffered, kBufferedValue, kCorked, kDecodeStrings, kEnded, kEnding,
  kExpectWriteCb, kFinished, kNeedDrain, kOnFinished, kOnFinishedValue, kSync, kWriteCbValue, kWriteCb, kWriting, nop,
} = require('internal/streams/writable_state');
const { clearBuffer, errorBuffer, finishMaybe, makeOnWrite } = require('internal/streams/writable_flow');

const CHUNK_TYPES = ['string', 'Buffer', 'TypedArray', 'DataView'];

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  // All the fields of a stream's own events from the start: one shape for all streams.
  this._events ??= { close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined };
  this._writableState = new WritableState(options, this, false, makeOnWrite(this));
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (typeof this._construct === 'function') construct(this, () => startWriting(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

/** What waits for the end of `_construct`: writes that came meanwhile, or the end. */
function startWriting(stream) {
  const state = stream._writableState;
  if ((state[kState] & kWriting) === 0) clearBuffer(stream, state);
  if ((state[kState] & kEnding) !== 0) finishMaybe(stream, state);
}

Writable.WritableState = WritableState;
const proto = Writable.prototype;

// A Duplex is a Writable as well, though its class extends Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value: function (object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});
Object.defineProperty(Writable[Symbol.hasInstance], 'name', { __proto__: null, value: '[Symbol.hasInstance]' });

proto.pipe = function () {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

/** Accepts a chunk: an Error, or whether there is room for more. */
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if ((state[kState] & kObjectMode) === 0) {
    if (!encoding) {
      encoding = state.defaultEncoding;
    } else if (encoding !== 'utf8' && encoding !== 'buffer' && !isEncoding(encoding)) {
      throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    }
    if (typeof chunk === 'string') {
      if ((state[kState] & kDecodeStrings) !== 0) {
        chunk = require('buffer').Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof FastBuffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = new FastBuffer(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', CHUNK_TYPES, chunk);
    }
  }

  let error;
  if ((state[kState] & kEnding) !== 0) error = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if ((state[kState] & kDestroyed) !== 0) error = new codes.ERR_STREAM_DESTROYED('write');
  if (error) {
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb += 1;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
  state.length += length;
  if ((state[kState] & (kWriting | kErrored | kCorked | kConstructed)) !== kConstructed) {
    if ((state[kState] & kBuffered) === 0) {
      state[kState] |= kBuffered;
      state[kBufferedValue] = [];
    }
    state[kBufferedValue].push({ chunk, encoding, callback });
    if (encoding !== 'buffer') state[kState] &= ~kAllBuffers;
    if (callback !== nop) state[kState] &= ~kAllNoop;
  } else {
    state.writelen = length;
    if (callback !== nop) {
      state[kWriteCbValue] = callback;
      state[kState] |= kWriteCb;
    }
    state[kState] |= kWriting | kSync | kExpectWriteCb;
    stream._write(chunk, encoding, state.onwrite);
    state[kState] &= ~kSync;
  }
  // A write that is done by now takes no room.
  const hasRoom = state.length < state.highWaterMark || state.length === 0;
  if (!hasRoom) state[kState] |= kNeedDrain;
  return hasRoom && (state[kState] & (kDestroyed | kErrored)) === 0;
}

proto.write = function (chunk, encoding, cb) {
  if (typeof encoding === 'function') {
    cb = encoding;
    encoding = null;
  }
  return accept(this, chunk, encoding, typeof cb === 'function' ? cb : nop) === true;
};

proto.cork = function () {
  const state = this._writableState;
  state[kState] |= kCorked;
  state.corked += 1;
};

proto.uncork = function () {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked -= 1;
  if (state.corked === 0) state[kState] &= ~kCorked;
  if ((state[kState] & kWriting) === 0) clearBuffer(this, state);
};

proto.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

proto._write = function (chunk, encoding, cb) {
  if (!this._writev) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], cb);
};

proto._writev = null;

proto.end = function (chunk, encoding, cb) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    cb = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    cb = encoding;
    encoding = null;
  }

  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = accept(this, chunk, encoding, nop);
    if (result instanceof Error) error = result;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error) {
    // It was said already.
  } else if ((state[kState] & (kErrored | kEnding)) === 0) {
    // Not destroyed on the spot: what is buffered still goes out.
    state[kState] |= kEnding;
    finishMaybe(this, state, true);
    state[kState] |= kEnded;
  } else if ((state[kState] & kFinished) !== 0) {
    error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
  } else if ((state[kState] & kDestroyed) !== 0) {
    error = new codes.ERR_STREAM_DESTROYED('end');
  }

  if (typeof cb === 'function') {
    if (error) {
      process.nextTick(cb, error);
    } else if ((state[kState] & kErrored) !== 0) {
      process.nextTick(cb, state.errored);
    } else if ((state[kState] & kFinished) !== 0) {
      process.nextTick(cb, null);
    } else {
      if ((state[kState] & kOnFinished) === 0) state[kOnFinishedValue] = [];
      state[kState] |= kOnFinished;
      state[kOnFinishedValue].push(cb);
    }
  }
  return this;
};

function writableProperty(name, get, set) {
  Object.defineProperty(proto, name, { __proto__: null, get, set });
}

writableProperty('closed', function () {
  return this._writableState ? this._writableState.closed : false;
});
writableProperty('destroyed', function () {
  return this._writableState ? this._writableState.destroyed : false;
}, function (value) {
  if (this._writableState) this._writableState.destroyed = value;
});
writableProperty('writable', function () {
  const state = this._writableState;
  return Boolean(state) && state.writable !== false &&
    (state[kState] & (kDestroyed | kErrored | kEnding | kEnded)) === 0;
}, function (value) {
  if (this._writableState) this._writableState.writable = Boolean(value);
});
writableProperty('writableFinished', function () {
  return this._writableState ? this._writableState.finished : false;
});
writableProperty('writableObjectMode', function () {
  return this._writableState ? this._writableState.objectMode : false;
});
writableProperty('writableBuffer', function () {
  return this._writableState?.getBuffer();
});
writableProperty('writableEnded', function () {
  return this._writableState ? this._writableState.ending : false;
});
writableProperty('writableNeedDrain', function () {
  const state = this._writableState;
  return Boolean(state) && (state[kState] & (kDestroyed | kEnding | kNeedDrain)) === kNeedDrain;
});
writableProperty('writableHighWaterMark', function () {
  return this._writableState?.highWaterMark;
});
writableProperty('writableCorked', function () {
  return this._writableState ? this._writableState.corked : 0;
});
writableProperty('writableLength', function () {
  return this._writableState?.length;
});
writableProperty('errored', function () {
  return this._writableState ? this._writableState.errored : null;
});
writableProperty('writableAborted', function () {
  const state = this._writableState;
  return state.writable !== false && (state[kState] & (kDestroyed | kErrored)) !== 0 &&
    (state[kState] & kFinished) === 0;
});

proto.destroy = function (err, cb) {
  const state = this._writableState;
  // Those who wait for a write or the end are told.
  if ((state[kState] & kDestroyed) === 0 && (state[kState] & (kBuffered | kOnFinished)) !== 0) {
    process.nextTick(errorBuffer, state);
  }
  Reflect.apply(destroy, this, [err, cb]);
  return this;
};
proto._undestroy = undestroy;
proto._destroy = function (err, cb) {
  cb(err);
};

proto[Symbol.for('nodejs.rejection')] = function (err) {
  this.destroy(err);
};

proto[Symbol.asyncDispose] = async function () {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new (require('internal/errors').AbortError)();
    this.destroy(error);
  }
  return require('internal/streams/end_of_stream').closed(this, error);
};

// Web streams (https://nodejs.org/api/webstreams.html) are made only when asked for.
Writable.toWeb = function toWeb(streamWritable, options = undefined) {
  return require('internal/webstreams/adapters').writableToWeb(streamWritable, options);
};
Writable.fromWeb = function fromWeb(writableStream, options) {
  return require('internal/webstreams/adapters').writableFromWeb(writableStream, options);
};

module.exports = { Writable };

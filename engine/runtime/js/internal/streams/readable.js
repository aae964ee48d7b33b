'use strict';

// Readable: where data comes from (https://nodejs.org/api/stream.html#readable-streams).

const { codes } = require('internal/errors');
const { FastBuffer } = require('internal/buffer/base');
const { Stream } = require('internal/streams/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');
const { kState, kCloseEmitted, kConstructed, kDestroyed, kErrorEmitted, kErrored, kObjectMode } = require('internal/streams/flags');
const {
  ReadableState, kDataEmitted, kDataListening, kDecoder, kDecoderValue, kEmittedReadable, kEndEmitted,
  kEndScheduled, kEnded, kFlowing, kMultiAwaitDrain, kNeedReadable, kReadableListening, kReading, kReadingMore, kSync,
} = require('internal/streams/readable_state');
const { append, clear, fromList, howMuchToRead, prepend } = require('internal/streams/readable_buffer');

const CHUNK_TYPES = ['string', 'Buffer', 'TypedArray', 'DataView'];
const HIGH_WATER_MARK_MAX = 0x40000000;

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  // All the fields of a stream's own events from the start: one shape for all streams.
  this._events ??= { close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (typeof this._construct === 'function') construct(this, () => startReading(this));
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

/** What waits for the end of `_construct`: reads that were asked for meanwhile. */
function startReading(stream) {
  if ((stream._readableState[kState] & kNeedReadable) !== 0) maybeReadMore(stream, stream._readableState);
}

Readable.ReadableState = ReadableState;
const proto = Readable.prototype;

proto.destroy = destroy;
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
    error = this.readableEnded ? null : new (require('internal/errors').AbortError)();
    this.destroy(error);
  }
  return require('internal/streams/end_of_stream').closed(this, error);
};

// ---- data in ----

proto.push = function (chunk, encoding) {
  return add(this, chunk, encoding, false);
};

proto.unshift = function (chunk, encoding) {
  return add(this, chunk, encoding, true);
};

function canPushMore(state) {
  return (state[kState] & kEnded) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

function add(stream, chunk, encoding, isFront) {
  const state = stream._readableState;
  if (chunk === null) {
    state[kState] &= ~kReading;
    endOfData(stream, state);
    return false;
  }
  if ((state[kState] & kObjectMode) !== 0) {
    return isFront ? putFront(stream, state, chunk) : putBack(stream, state, chunk, encoding);
  }

  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding;
    if (state.encoding !== encoding) {
      const { Buffer } = require('buffer');
      if (state.encoding && isFront) {
        // What goes back must look as what comes out.
        chunk = Buffer.from(chunk, encoding).toString(state.encoding);
      } else {
        chunk = Buffer.from(chunk, encoding);
        encoding = '';
      }
    }
  } else if (chunk instanceof FastBuffer) {
    encoding = '';
  } else if (ArrayBuffer.isView(chunk)) {
    chunk = new FastBuffer(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    encoding = '';
  } else if (chunk !== undefined) {
    errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE('chunk', CHUNK_TYPES, chunk));
    return false;
  }
  if (!chunk || chunk.length === 0) {
    if (!isFront) state[kState] &= ~kReading;
    maybeReadMore(stream, state);
    return canPushMore(state);
  }
  return isFront ? putFront(stream, state, chunk) : putBack(stream, state, chunk, encoding);
}

function putFront(stream, state, chunk) {
  if ((state[kState] & kEndEmitted) !== 0) {
    errorOrDestroy(stream, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
  } else if ((state[kState] & (kDestroyed | kErrored)) !== 0) {
    return false;
  } else {
    put(stream, state, chunk, true);
  }
  return canPushMore(state);
}

function putBack(stream, state, chunk, encoding) {
  if ((state[kState] & kEnded) !== 0) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if ((state[kState] & (kDestroyed | kErrored)) !== 0) return false;
  state[kState] &= ~kReading;
  if ((state[kState] & kDecoder) !== 0 && !encoding) {
    chunk = state[kDecoderValue].write(chunk);
    if (chunk.length === 0 && (state[kState] & kObjectMode) === 0) {
      maybeReadMore(stream, state);
      return canPushMore(state);
    }
  }
  put(stream, state, chunk, false);
  return canPushMore(state);
}

/** Hands a chunk to the listeners, or keeps it for later. */
function put(stream, state, chunk, isFront) {
  const flowing = kFlowing | kDataListening;
  if ((state[kState] & (flowing | kSync)) === flowing && state.length === 0) {
    noLongerAwaitsDrain(state);
    state[kState] |= kDataEmitted;
    stream.emit('data', chunk);
  } else {
    state.length += (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
    if (isFront) prepend(state, chunk);
    else append(state, chunk);
    if ((state[kState] & kNeedReadable) !== 0) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

/** Whether the next chunk goes to the listeners as it is. */
function isFlowing(state) {
  const flowing = kFlowing | kDataListening;
  return (state[kState] & (flowing | kSync | kDecoder)) === flowing && state.length === 0;
}

function noLongerAwaitsDrain(state) {
  if ((state[kState] & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function endOfData(stream, state) {
  if ((state[kState] & kEnded) !== 0) return;
  if ((state[kState] & kDecoder) !== 0) {
    const chunk = state[kDecoderValue].end();
    if (chunk && chunk.length > 0) {
      append(state, chunk);
      state.length += (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
    }
  }
  state[kState] |= kEnded;
  if ((state[kState] & kSync) !== 0) {
    // Inside of `_read`: the reader sees it by itself, unless it waits to be told.
    if ((state[kState] & (kNeedReadable | kReadableListening)) !== 0) emitReadable(stream);
  } else {
    state[kState] &= ~kNeedReadable;
    state[kState] |= kEmittedReadable;
    emitReadable_(stream);
  }
}

// ---- data out ----

/** The next power of two: reading more than the limit raises it. */
function raisedHighWaterMark(n) {
  if (n > HIGH_WATER_MARK_MAX) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  return 2 ** Math.ceil(Math.log2(n));
}

proto.read = function (n) {
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const asked = n;

  if (n > state.highWaterMark) state.highWaterMark = raisedHighWaterMark(n);
  if (n !== 0) state[kState] &= ~kEmittedReadable;

  // Only to make 'readable' come, of which there is enough to tell.
  if (n === 0 && (state[kState] & kNeedReadable) !== 0) {
    const isFull = state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0;
    const isEnded = (state[kState] & kEnded) !== 0;
    if (isFull || isEnded) {
      if (state.length === 0 && isEnded) endReadable(this);
      else emitReadable(this);
      return null;
    }
  }

  n = howMuchToRead(n, state);
  if (n === 0 && (state[kState] & kEnded) !== 0) {
    if (state.length === 0) endReadable(this);
    return null;
  }

  let isWanted = (state[kState] & kNeedReadable) !== 0;
  if (state.length === 0 || state.length - n < state.highWaterMark) isWanted = true;
  if ((state[kState] & (kEnded | kReading | kDestroyed | kErrored | kConstructed)) !== kConstructed) isWanted = false;
  if (isWanted) {
    state[kState] |= kReading | kSync;
    if (state.length === 0) state[kState] |= kNeedReadable;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state[kState] &= ~kSync;
    // It pushed at once: there may be more to give now.
    if ((state[kState] & kReading) === 0) n = howMuchToRead(asked, state);
  }

  const chunk = n > 0 ? fromList(n, state) : null;
  if (chunk === null) {
    if (state.length <= state.highWaterMark) state[kState] |= kNeedReadable;
    else state[kState] &= ~kNeedReadable;
    n = 0;
  } else {
    state.length -= n;
    noLongerAwaitsDrain(state);
  }
  if (state.length === 0) {
    const isEnded = (state[kState] & kEnded) !== 0;
    if (!isEnded) state[kState] |= kNeedReadable;
    else if (asked !== n) endReadable(this);
  }
  if (chunk !== null && (state[kState] & (kErrorEmitted | kCloseEmitted)) === 0) {
    state[kState] |= kDataEmitted;
    this.emit('data', chunk);
  }
  return chunk;
};

proto._read = function (_n) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

/** Emits 'readable' soon, once. */
function emitReadable(stream) {
  const state = stream._readableState;
  state[kState] &= ~kNeedReadable;
  if ((state[kState] & kEmittedReadable) !== 0) return;
  state[kState] |= kEmittedReadable;
  process.nextTick(emitReadable_, stream);
}

function emitReadable_(stream) {
  const state = stream._readableState;
  if ((state[kState] & (kDestroyed | kErrored)) === 0 && (state.length > 0 || (state[kState] & kEnded) !== 0)) {
    stream.emit('readable');
    state[kState] &= ~kEmittedReadable;
  }
  // Another 'readable' is due when nothing flows, more can come and there is room.
  if ((state[kState] & (kFlowing | kEnded)) === 0 && state.length <= state.highWaterMark) state[kState] |= kNeedReadable;
  flow(stream);
}

function flow(stream) {
  const state = stream._readableState;
  while ((state[kState] & kFlowing) !== 0 && stream.read() !== null);
}

/** Fills the buffer up to the limit, a read at a time, soon. */
function maybeReadMore(stream, state) {
  if ((state[kState] & (kReadingMore | kConstructed)) !== kConstructed) return;
  state[kState] |= kReadingMore;
  process.nextTick(maybeReadMore_, stream, state);
}

function maybeReadMore_(stream, state) {
  while ((state[kState] & (kReading | kEnded)) === 0 &&
      (state.length < state.highWaterMark || ((state[kState] & kFlowing) !== 0 && state.length === 0))) {
    const { length } = state;
    stream.read(0);
    // It gave nothing for now.
    if (length === state.length) break;
  }
  state[kState] &= ~kReadingMore;
}

function endReadable(stream) {
  const state = stream._readableState;
  // Every read at the end comes here; the first one's tick decides when 'end' comes.
  if ((state[kState] & (kEndEmitted | kEndScheduled)) !== 0) return;
  state[kState] |= kEnded | kEndScheduled;
  process.nextTick(endReadableNT, state, stream);
}

function endReadableNT(state, stream) {
  state[kState] &= ~kEndScheduled;
  if ((state[kState] & (kErrored | kCloseEmitted | kEndEmitted)) !== 0 || state.length > 0) return;
  state[kState] |= kEndEmitted;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endWritableNT, stream);
  } else if (state.autoDestroy) {
    const wState = stream._writableState;
    // Of a Duplex, the last of the two directions destroys.
    if (!wState || (wState.autoDestroy && (wState.finished || wState.writable === false))) stream.destroy();
  }
}

function endWritableNT(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- text ----

proto.setEncoding = function (enc) {
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder(enc);
  const state = this._readableState;
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  let content = '';
  for (const data of state.buffer.slice(state.bufferIndex)) content += decoder.write(data);
  clear(state);
  if (content !== '') append(state, content);
  state.length = content.length;
  return this;
};

Readable._fromList = fromList;

function readableProperty(name, get, set) {
  Object.defineProperty(proto, name, { __proto__: null, get, set });
}

readableProperty('readable', function () {
  const state = this._readableState;
  return Boolean(state) && state.readable !== false && !state.destroyed && !state.errorEmitted && !state.endEmitted;
}, function (value) {
  if (this._readableState) this._readableState.readable = Boolean(value);
});
readableProperty('readableDidRead', function () {
  return this._readableState.dataEmitted;
});
readableProperty('readableAborted', function () {
  const state = this._readableState;
  return Boolean(state.readable !== false && (state.destroyed || state.errored) && !state.endEmitted);
});
readableProperty('readableHighWaterMark', function () {
  return this._readableState.highWaterMark;
});
readableProperty('readableBuffer', function () {
  return this._readableState?.buffer;
});
readableProperty('readableFlowing', function () {
  return this._readableState.flowing;
}, function (value) {
  if (this._readableState) this._readableState.flowing = value;
});
readableProperty('readableLength', function () {
  return this._readableState.length;
});
readableProperty('readableObjectMode', function () {
  return this._readableState ? this._readableState.objectMode : false;
});
readableProperty('readableEncoding', function () {
  return this._readableState ? this._readableState.encoding : null;
});
readableProperty('errored', function () {
  return this._readableState ? this._readableState.errored : null;
});
readableProperty('closed', function () {
  return this._readableState ? this._readableState.closed : false;
});
readableProperty('destroyed', function () {
  return this._readableState ? this._readableState.destroyed : false;
}, function (value) {
  if (this._readableState) this._readableState.destroyed = value;
});
readableProperty('readableEnded', function () {
  return this._readableState ? this._readableState.endEmitted : false;
});

// Web streams (https://nodejs.org/api/webstreams.html) are made only when asked for.
Readable.toWeb = function toWeb(streamReadable, options) {
  return require('internal/webstreams/adapters').readableToWeb(streamReadable, options);
};
Readable.fromWeb = function fromWeb(readableStream, options) {
  return require('internal/webstreams/adapters').readableFromWeb(readableStream, options);
};

module.exports = { Readable, emitReadable, flow, isFlowing, startReading };
require('internal/streams/readable_flow').addTo(Readable);
require('internal/streams/readable_more').addTo(Readable);

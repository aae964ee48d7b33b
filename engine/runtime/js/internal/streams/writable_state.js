'use strict';

// What a Writable remembers. The bits have the places they have in Node, so that a printed stream looks the same.

const { isEncoding } = require('internal/buffer/create');
const { codes } = require('internal/errors');
const {
  bit, defaultEncoding, optionalBit, optionalValue, readOptions,
  kState, kObjectMode, kErrorEmitted, kAutoDestroy, kEmitClose, kDestroyed, kClosed, kCloseEmitted, kErrored,
  kConstructed, kErroredValue,
} = require('internal/streams/flags');
const { getHighWaterMark } = require('internal/streams/high_water_mark');

const kSync = 1 << 9;
const kFinalCalled = 1 << 10;
const kNeedDrain = 1 << 11;
const kEnding = 1 << 12;
const kFinished = 1 << 13;
const kDecodeStrings = 1 << 14;
const kWriting = 1 << 15;
const kBufferProcessing = 1 << 16;
const kPrefinished = 1 << 17;
const kAllBuffers = 1 << 18;
const kAllNoop = 1 << 19;
const kOnFinished = 1 << 20;
const kHasWritable = 1 << 21;
const kWritable = 1 << 22;
const kCorked = 1 << 23;
const kDefaultUTF8Encoding = 1 << 24;
const kWriteCb = 1 << 25;
const kExpectWriteCb = 1 << 26;
const kAfterWriteTickInfo = 1 << 27;
const kAfterWritePending = 1 << 28;
const kBuffered = 1 << 29;
const kEnded = 1 << 30;

const kBufferedValue = Symbol('kBufferedValue');
const kWriteCbValue = Symbol('kWriteCbValue');
const kAfterWriteTickInfoValue = Symbol('kAfterWriteTickInfoValue');
const kOnFinishedValue = Symbol('kOnFinishedValue');

/** The callback of a write that nobody waits for. */
function nop() {}

function WritableState(options, stream, isDuplex, onwrite = undefined) {
  let bits = readOptions(options) | kSync | kAllBuffers | kAllNoop | kDecodeStrings | kDefaultUTF8Encoding;
  if (options && options.objectMode) bits |= kObjectMode;
  if (isDuplex && options && options.writableObjectMode) bits |= kObjectMode;
  if (options && options.decodeStrings === false) bits &= ~kDecodeStrings;

  this.highWaterMark = getHighWaterMark((bits & kObjectMode) !== 0, options, 'writableHighWaterMark', isDuplex);
  this.length = 0;
  this.corked = 0;
  this.onwrite = onwrite;
  this.writelen = 0;
  this.bufferedIndex = 0;
  /** Callbacks that 'finish' waits for. */
  this.pendingcb = 0;
  this[kState] = bits;
  this[kBufferedValue] = null;

  const encoding = options?.defaultEncoding;
  if (encoding !== undefined && encoding !== null && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
}

Object.defineProperties(WritableState.prototype, {
  objectMode: bit(kObjectMode),
  finalCalled: bit(kFinalCalled),
  needDrain: bit(kNeedDrain),
  ending: bit(kEnding),
  ended: bit(kEnded),
  finished: bit(kFinished),
  destroyed: bit(kDestroyed),
  decodeStrings: bit(kDecodeStrings),
  writing: bit(kWriting),
  sync: bit(kSync),
  bufferProcessing: bit(kBufferProcessing),
  constructed: bit(kConstructed),
  prefinished: bit(kPrefinished),
  errorEmitted: bit(kErrorEmitted),
  emitClose: bit(kEmitClose),
  autoDestroy: bit(kAutoDestroy),
  closed: bit(kClosed),
  closeEmitted: bit(kCloseEmitted),
  allBuffers: bit(kAllBuffers),
  allNoop: bit(kAllNoop),
  errored: optionalValue(kErrored, kErroredValue, null),
  writable: optionalBit(kHasWritable, kWritable, undefined),
  defaultEncoding: defaultEncoding(kDefaultUTF8Encoding),
  writecb: optionalValue(kWriteCb, kWriteCbValue, nop),
  afterWriteTickInfo: optionalValue(kAfterWriteTickInfo, kAfterWriteTickInfoValue, null),
  buffered: {
    __proto__: null,
    get() {
      return (this[kState] & kBuffered) === 0 ? [] : this[kBufferedValue];
    },
    set(value) {
      this[kBufferedValue] = value;
      if (value) this[kState] |= kBuffered;
      else this[kState] &= ~kBuffered;
    },
  },
});

WritableState.prototype.getBuffer = function getBuffer() {
  return (this[kState] & kBuffered) === 0 ? [] : this.buffered.slice(this.bufferedIndex);
};

Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  __proto__: null,
  get() {
    return (this[kState] & kBuffered) === 0 ? 0 : this[kBufferedValue].length - this.bufferedIndex;
  },
});

module.exports = {
  WritableState, kAfterWritePending, kAfterWriteTickInfo, kAfterWriteTickInfoValue, kAllBuffers, kAllNoop,
  kBufferProcessing, kBuffered, kBufferedValue, kCorked, kDecodeStrings, kEnded, kEnding, kExpectWriteCb, kFinalCalled,
  kFinished, kNeedDrain, kOnFinished, kOnFinishedValue, kPrefinished, kSync, kWriteCb, kWriteCbValue, kWriting, nop,
};

'use strict';

// What a Readable remembers. The bits have the places they have in Node, so that a printed stream looks the same.

const { isEncoding } = require('internal/buffer/create');
const { codes } = require('internal/errors');
const {
  bit, defaultEncoding, optionalBit, optionalValue, readOptions,
  kState, kObjectMode, kErrorEmitted, kAutoDestroy, kEmitClose, kDestroyed, kClosed, kCloseEmitted, kErrored,
  kConstructed, kErroredValue,
} = require('internal/streams/flags');
const { getHighWaterMark } = require('internal/streams/high_water_mark');

const kEnded = 1 << 9;
const kEndEmitted = 1 << 10;
const kReading = 1 << 11;
const kSync = 1 << 12;
const kNeedReadable = 1 << 13;
const kEmittedReadable = 1 << 14;
const kReadableListening = 1 << 15;
const kResumeScheduled = 1 << 16;
const kMultiAwaitDrain = 1 << 17;
const kReadingMore = 1 << 18;
const kDataEmitted = 1 << 19;
const kDefaultUTF8Encoding = 1 << 20;
const kDecoder = 1 << 21;
const kEncoding = 1 << 22;
const kHasFlowing = 1 << 23;
const kFlowing = 1 << 24;
const kHasPaused = 1 << 25;
const kPaused = 1 << 26;
const kDataListening = 1 << 27;
const kEndScheduled = 1 << 28;

const kDecoderValue = Symbol('kDecoderValue');
const kEncodingValue = Symbol('kEncodingValue');

function ReadableState(options, stream, isDuplex) {
  let bits = readOptions(options) | kSync;
  if (options && options.objectMode) bits |= kObjectMode;
  if (isDuplex && options && options.readableObjectMode) bits |= kObjectMode;

  this.highWaterMark = getHighWaterMark((bits & kObjectMode) !== 0, options, 'readableHighWaterMark', isDuplex);
  /** Chunks, of which those before `bufferIndex` are gone. */
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  /** Destinations that want no more for now: null, one, or a Set of them. */
  this.awaitDrainWriters = null;
  this[kState] = bits | kDefaultUTF8Encoding;

  const encoding = options?.defaultEncoding;
  if (encoding !== undefined && encoding !== null && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
  if (options && options.encoding) {
    const { StringDecoder } = require('string_decoder');
    this.decoder = new StringDecoder(options.encoding);
    this.encoding = options.encoding;
  }
}

Object.defineProperties(ReadableState.prototype, {
  objectMode: bit(kObjectMode),
  ended: bit(kEnded),
  endEmitted: bit(kEndEmitted),
  reading: bit(kReading),
  constructed: bit(kConstructed),
  sync: bit(kSync),
  needReadable: bit(kNeedReadable),
  emittedReadable: bit(kEmittedReadable),
  readableListening: bit(kReadableListening),
  resumeScheduled: bit(kResumeScheduled),
  errorEmitted: bit(kErrorEmitted),
  emitClose: bit(kEmitClose),
  autoDestroy: bit(kAutoDestroy),
  destroyed: bit(kDestroyed),
  closed: bit(kClosed),
  closeEmitted: bit(kCloseEmitted),
  multiAwaitDrain: bit(kMultiAwaitDrain),
  readingMore: bit(kReadingMore),
  dataEmitted: bit(kDataEmitted),
  errored: optionalValue(kErrored, kErroredValue, null),
  defaultEncoding: defaultEncoding(kDefaultUTF8Encoding),
  decoder: optionalValue(kDecoder, kDecoderValue, null),
  encoding: optionalValue(kEncoding, kEncodingValue, null),
  flowing: optionalBit(kHasFlowing, kFlowing, null),
  pipesCount: {
    __proto__: null,
    get() {
      return this.pipes.length;
    },
  },
  paused: optionalBit(kHasPaused, kPaused, false),
});

module.exports = {
  ReadableState, kDataEmitted, kDataListening, kDecoder, kDecoderValue, kEmittedReadable, kEncodingValue, kEndEmitted,
  kEndScheduled, kEnded, kFlowing, kHasFlowing, kHasPaused, kMultiAwaitDrain, kNeedReadable, kPaused, kReadableListening, kReading,
  kReadingMore, kResumeScheduled, kSync,
};

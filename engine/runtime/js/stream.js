'use strict';

// The module `stream` (https://nodejs.org/api/stream.html).

const { Stream } = require('internal/streams/legacy');
const { FastBuffer, isUint8Array } = require('internal/buffer/base');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { eos } = require('internal/streams/end_of_stream');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/high_water_mark');
const { Readable } = require('internal/streams/readable');
const { PassThrough, Transform } = require('internal/streams/transform');
const utils = require('internal/streams/utils');
const { Writable } = require('internal/streams/writable');

const promisify = Symbol.for('nodejs.util.promisify.custom');

module.exports = Stream;

Stream.isDestroyed = function isDestroyed(stream) {
  return utils.isDestroyed(stream);
};
Stream.isDisturbed = function isDisturbed(stream) {
  return utils.isDisturbed(stream);
};
Stream.isErrored = function isErrored(stream) {
  return utils.isErrored(stream);
};
Stream.isReadable = function isReadable(stream) {
  return utils.isReadable(stream);
};
Stream.isWritable = function isWritable(stream) {
  return utils.isWritable(stream);
};
Stream.Readable = Readable;
Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = Transform;
Stream.PassThrough = PassThrough;
Stream.duplexPair = function duplexPair(options) {
  return require('internal/streams/duplex_pair').duplexPair(options);
};
Stream.pipeline = function pipeline(...streams) {
  return require('internal/streams/pipeline').pipeline(...streams);
};
Stream.addAbortSignal = function addAbortSignal(signal, stream) {
  return require('internal/streams/add_abort_signal').addAbortSignal(signal, stream);
};
Stream.finished = eos;
Stream.destroy = destroyer;
Stream.compose = function compose(...streams) {
  return require('internal/streams/compose').compose(...streams);
};
Stream.setDefaultHighWaterMark = setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = getDefaultHighWaterMark;

Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('stream/promises');
  },
});
// What `util.promisify` makes of them.
for (const [fn, name] of [[Stream.pipeline, 'pipeline'], [eos, 'finished']]) {
  Object.defineProperty(fn, promisify, {
    __proto__: null,
    enumerable: true,
    get() {
      return require('stream/promises')[name];
    },
  });
}

Stream.Stream = Stream;
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = isUint8Array;
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return new FastBuffer(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};

require('internal/stdio').upgradeAll();

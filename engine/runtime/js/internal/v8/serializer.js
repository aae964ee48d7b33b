'use strict';

// `v8.Serializer`, `v8.Deserializer` and their defaults (https://nodejs.org/api/v8.html#serialization-api).

const { Buffer } = require('buffer');
const { openReader, openWriter } = require('internal/v8/streams');

/** How the defaults write views of bytes, by their numbers. */
const viewTypes = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, DataView, Buffer, BigInt64Array, BigUint64Array, Float16Array,
];
const BUFFER = viewTypes.indexOf(Buffer);

function invalid(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function checkView(value, name) {
  if (!ArrayBuffer.isView(value)) throw invalid(`${name} must be a TypedArray or a DataView`);
}

function makeEnumerable(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
}

class Serializer {
  #writer = openWriter(this, false);

  writeHeader() {
    ops.clone_write_header(this.#writer);
  }

  writeValue() {
    return ops.clone_write_value(this.#writer, arguments[0]);
  }

  releaseBuffer() {
    const bytes = ops.clone_write_finish(this.#writer);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  transferArrayBuffer() {
    const [id, buffer] = arguments;
    if (!(buffer instanceof ArrayBuffer) && !(buffer instanceof SharedArrayBuffer)) {
      throw invalid('arrayBuffer must be an ArrayBuffer');
    }
    ops.clone_write_transferred(this.#writer, id >>> 0, buffer);
  }

  writeUint32() {
    ops.clone_write_uint32(this.#writer, arguments[0] >>> 0);
  }

  writeUint64() {
    ops.clone_write_uint64(this.#writer, arguments[0] >>> 0, arguments[1] >>> 0);
  }

  writeDouble() {
    ops.clone_write_double(this.#writer, +arguments[0]);
  }

  writeRawBytes() {
    const [source] = arguments;
    checkView(source, 'source');
    ops.clone_write_raw(this.#writer, source);
  }

  _setTreatArrayBufferViewsAsHostObjects() {
    ops.clone_write_views_as_host(this.#writer, Boolean(arguments[0]));
  }
}

makeEnumerable(Serializer, [
  'writeHeader', 'writeValue', 'releaseBuffer', 'transferArrayBuffer', 'writeUint32', 'writeUint64', 'writeDouble',
  'writeRawBytes', '_setTreatArrayBufferViewsAsHostObjects',
]);
/** Makes what is thrown for a value that cannot be written. */
Serializer.prototype._getDataCloneError = Error;

class Deserializer {
  #reader;

  constructor(buffer) {
    checkView(buffer, 'buffer');
    this.buffer = buffer;
    this.#reader = openReader(this, buffer);
  }

  readHeader() {
    return ops.clone_read_header(this.#reader);
  }

  readValue() {
    return ops.clone_read_value(this.#reader);
  }

  getWireFormatVersion() {
    return ops.clone_read_version(this.#reader);
  }

  transferArrayBuffer() {
    const [id, buffer] = arguments;
    if (buffer instanceof ArrayBuffer) ops.clone_read_transferred(this.#reader, id >>> 0, buffer);
    else if (!(buffer instanceof SharedArrayBuffer)) {
      throw invalid('arrayBuffer must be an ArrayBuffer or SharedArrayBuffer');
    }
  }

  readUint32() {
    return readOr(ops.clone_read_uint32(this.#reader), 'ReadUint32() failed');
  }

  readUint64() {
    return readOr(ops.clone_read_uint64(this.#reader), 'ReadUint64() failed');
  }

  readDouble() {
    return readOr(ops.clone_read_double(this.#reader), 'ReadDouble() failed');
  }

  _readRawBytes() {
    return readOr(ops.clone_read_raw(this.#reader, arguments[0]), 'ReadRawBytes() failed');
  }

  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  }
}

makeEnumerable(Deserializer, [
  'readHeader', 'readValue', 'getWireFormatVersion', 'transferArrayBuffer', 'readUint32', 'readUint64', 'readDouble',
  '_readRawBytes', 'readRawBytes',
]);

function readOr(value, message) {
  if (value === undefined) throw new Error(message);
  return value;
}

/** The number of a view's class in `viewTypes`. */
function viewType(view) {
  if (Buffer.isBuffer(view)) return BUFFER;
  const name = Object.prototype.toString.call(view).slice('[object '.length, -1);
  return viewTypes.findIndex((type) => type.name === name);
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(object) {
    if (!ArrayBuffer.isView(object)) {
      throw new this._getDataCloneError(`Unserializable host object: ${require('util').inspect(object)}`);
    }
    this.writeUint32(viewType(object));
    this.writeUint32(object.byteLength);
    this.writeRawBytes(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  constructor(buffer) {
    super(buffer);
  }

  _readHostObject() {
    const type = this.readUint32();
    const Class = viewTypes[type];
    const byteLength = this.readUint32();
    const { buffer, byteOffset } = this.buffer;
    const offset = byteOffset + this._readRawBytes(byteLength);
    const size = Class.BYTES_PER_ELEMENT ?? 1;
    // The bytes are shared where their place fits the elements.
    if (type === BUFFER) return Buffer.from(buffer, offset, byteLength);
    if (offset % size === 0) return new Class(buffer, offset, byteLength / size);
    return new Class(buffer.slice(offset, offset + byteLength), 0, byteLength / size);
  }
}

Object.defineProperty(DefaultDeserializer, 'length', { __proto__: null, value: 0, configurable: true });

module.exports = { DefaultDeserializer, DefaultSerializer, Deserializer, Serializer };

'use strict';

// Blob and `blob:` addresses (https://nodejs.org/api/buffer.html#class-blob, https://w3c.github.io/FileAPI/).
//
// The bytes of a Blob never change, so slices and Blobs made of Blobs share them. Some are in files (`FilePart`).

const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { UTF8 } = require('internal/buffer/encodings');
const { kClone, markCloneable } = require('internal/clone_marks');
const { validateDictionary } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** Marks the arguments of a Blob that shares another's bytes. */
const kParts = Symbol('kParts');

/** The most bytes that a chunk of `stream()` has. */
const STREAM_CHUNK = 65536;

const INVALID_TYPE = /[^\x20-\x7e]/;

let isBlob;
let partsOf;

/** An own copy of the bytes of one element of a Blob's sources. */
function bytesOfSource(source, isNative, index) {
  if (isAnyArrayBuffer(source)) return new Uint8Array(source.slice(0));
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  if (typeof source === 'symbol') {
    throw typeError(`Value[${index}] is a Symbol and cannot be converted to a string.`);
  }
  const text = `${source}`;
  return new Uint8Array(ops.buffer_from(isNative ? text.replace(/\r\n|\r/g, '\n') : text, UTF8));
}

function typeError(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

/** A MIME type as a Blob keeps it: in lower case, empty when it has characters it must not have. */
function normalizeType(type) {
  const text = `${type}`;
  return INVALID_TYPE.test(text) ? '' : text.toLowerCase();
}

/** As Web IDL clamps a number to a `long long`. */
function toPosition(value, name, size, otherwise) {
  if (value === undefined) return otherwise;
  if (typeof value === 'symbol') throw typeError(`${name} is a Symbol and cannot be converted to a number.`);
  const number = Number(value);
  if (Number.isNaN(number)) return 0;
  const floor = Math.floor(number);
  const part = number - floor;
  // Halves go to the even neighbour.
  const whole = part < 0.5 || (part === 0.5 && floor % 2 === 0) ? floor : Number.isFinite(number) ? floor + 1 : number;
  return whole < 0 ? Math.max(size + whole, 0) : Math.min(whole, size);
}

class Blob {
  #parts = [];
  #size = 0;
  #type = '';

  static {
    isBlob = (value) => typeof value === 'object' && value !== null && #parts in value;
    partsOf = (blob) => ({ parts: blob.#parts, size: blob.#size, type: blob.#type });
  }

  constructor(sources = [], options = undefined) {
    markCloneable(this);
    if (sources?.[kParts] !== undefined) {
      ({ parts: this.#parts, size: this.#size, type: this.#type } = sources[kParts]);
      return;
    }
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      throw typeError('Value cannot be converted to sequence.');
    }
    validateDictionary(options, 'options');
    const endings = options?.endings ?? 'transparent';
    const type = options?.type;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    let index = 0;
    for (const source of sources) {
      if (isBlob(source)) {
        this.#parts.push(...source.#parts);
        this.#size += source.#size;
      } else {
        const bytes = bytesOfSource(source, endings === 'native', index);
        if (bytes.length > 0) this.#parts.push(bytes);
        this.#size += bytes.length;
      }
      index += 1;
    }
    if (type !== undefined) this.#type = normalizeType(type);
  }

  get type() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    return this.#type;
  }

  get size() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    return this.#size;
  }

  slice(start = undefined, end = undefined, contentType = '') {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    const from = toPosition(start, 'start', this.#size, 0);
    const to = toPosition(end, 'end', this.#size, this.#size);
    const parts = [];
    let at = 0;
    for (const part of this.#parts) {
      const piece = part.subarray(Math.max(from - at, 0), Math.max(to - at, 0));
      if (piece.length > 0) parts.push(piece);
      at += part.length;
    }
    const type = normalizeType(contentType);
    return new Blob({ [kParts]: { parts, size: Math.max(to - from, 0), type } });
  }

  /** All bytes anew. */
  async #copy() {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part instanceof Uint8Array ? part : await part.readAll(), at);
      at += part.length;
    }
    return bytes;
  }

  async arrayBuffer() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    // Node never answers before the calling code is done.
    return (await this.#copy()).buffer;
  }

  text() {
    if (!isBlob(this)) return Promise.reject(new codes.ERR_INVALID_THIS('Blob'));
    if (this.#parts.length === 0) return Promise.resolve().then(() => '');
    return this.arrayBuffer().then((buffer) => ops.encoding_decode_utf8(new Uint8Array(buffer), false, false));
  }

  bytes() {
    if (!isBlob(this)) return Promise.reject(new codes.ERR_INVALID_THIS('Blob'));
    return this.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  }

  stream() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    const parts = [...this.#parts];
    /** The file that is being read. */
    let handle;
    const pullFromFile = async (controller, part) => {
      if (handle === undefined) handle = await part.open();
      else await part.check(handle);
      const count = Math.min(part.length, STREAM_CHUNK);
      if (count > 0) {
        controller.enqueue(await part.read(handle, count));
        // What is left may be nothing; the file is looked at once more then.
        parts.unshift(part.subarray(count));
        return;
      }
      await handle.close();
      handle = undefined;
      await pull(controller);
    };
    const pull = (controller) => {
      const part = parts.shift();
      if (part === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
        return undefined;
      }
      if (!(part instanceof Uint8Array)) return pullFromFile(controller, part);
      // A reader may keep its chunk, and the bytes of a Blob are shared.
      controller.enqueue(part.slice(0, STREAM_CHUNK));
      if (part.length > STREAM_CHUNK) parts.unshift(part.subarray(STREAM_CHUNK));
      return undefined;
    };
    const { ReadableStream } = require('internal/webstreams/readable');
    return new ReadableStream({
      type: 'bytes',
      pull,
      cancel() {
        parts.length = 0;
        return handle?.close();
      },
    });
  }

  textStream() {
    const { TextDecoderStream } = require('internal/webstreams/encoding');
    return this.stream().pipeThrough(new TextDecoderStream());
  }

  [kClone]() {
    if (this.#parts.some((part) => !(part instanceof Uint8Array))) {
      throw new codes.ERR_INVALID_STATE.TypeError('File-backed Blobs are not cloneable');
    }
    const send = () => ({
      data: { parts: this.#parts, size: this.#size, type: this.#type }, deserializeInfo: 'internal/blob:makeSent',
    });
    return { data: undefined, shared: this, deserializeInfo: 'internal/blob:makeClone', send };
  }

  [inspectCustom](depth, options) {
    return inspectAs('Blob', { size: this.size, type: this.type }, depth, options);
  }
}

/** `Name { … }`, or `[Name]` where it is too deep. */
function inspectAs(name, shown, depth, options) {
  if (depth < 0) return `[${name}]`;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

Object.defineProperty(Blob.prototype, Symbol.toStringTag, { __proto__: null, value: 'Blob', configurable: true });
for (const name of ['type', 'size', 'slice', 'stream', 'arrayBuffer', 'text', 'bytes', 'textStream']) {
  Object.defineProperty(Blob.prototype, name, { __proto__: null, enumerable: true });
}

/** A Blob with the same bytes, as `structuredClone` makes it. */
function cloneBlob(blob) {
  return new Blob({ [kParts]: partsOf(blob) });
}

const makeClone = (_data, blob) => cloneBlob(blob);

/** A Blob of what is in a file. */
function blobOfFile(file, type) {
  const { FilePart } = require('internal/fs/file_part');
  return new Blob({ [kParts]: { parts: [new FilePart(file)], size: file.size, type } });
}

/** A Blob from another thread. */
const makeSent = (parts) => new Blob({ [kParts]: parts });

/** What the constructor takes to share another Blob's bytes. */
function sharing(blob) {
  return { [kParts]: partsOf(blob) };
}

/** `buffer.resolveObjectURL`: a new Blob with the bytes behind an address, or undefined. */
function resolveObjectURL(url) {
  const blob = require('internal/object_urls').resolveObjectURL(`${url}`);
  return blob === undefined ? undefined : cloneBlob(blob);
}

module.exports = { Blob, blobOfFile, cloneBlob, inspectAs, isBlob, makeClone, makeSent, partsOf, resolveObjectURL, sharing };

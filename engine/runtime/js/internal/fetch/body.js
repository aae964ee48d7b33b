'use strict';

// Bodies of requests and responses (https://fetch.spec.whatwg.org/#bodies).

const { isBlob } = require('internal/blob');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { illegal, toUSVString } = require('internal/fetch/convert');

const encode = (text) => new (require('internal/encoding').TextEncoder)().encode(text);
const newStream = (source) => new (require('internal/webstreams/readable').ReadableStream)(source);
const isStream = (value) => require('internal/webstreams/readable').isReadableStream(value);
const isDisturbed = (stream) => require('internal/webstreams/adapters').isDisturbed(stream);

/** What a message carries: `source` is there while the bytes are known without reading the stream. */
class Body {
  #stream;

  constructor(stream, source, length) {
    this.#stream = stream;
    this.source = source;
    this.length = length;
  }

  /** Made when somebody asks for it. */
  get stream() {
    this.#stream ??= isBlob(this.source) ? this.source.stream() : bytesStream(this.source);
    return this.#stream;
  }

  get isUsed() {
    return this.#stream !== undefined && isDisturbed(this.#stream);
  }

  get isLocked() {
    return this.#stream !== undefined && this.#stream.locked;
  }

  /** https://fetch.spec.whatwg.org/#concept-body-clone */
  clone() {
    const [first, second] = this.stream.tee();
    this.#stream = first;
    return new Body(second, this.source, this.length);
  }
}

function bytesStream(bytes) {
  return newStream({
    type: 'bytes',
    pull(controller) {
      if (bytes.byteLength > 0) controller.enqueue(new Uint8Array(bytes));
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

/** https://fetch.spec.whatwg.org/#concept-bodyinit-extract; returns `{ body, type }`. */
function extract(value, keepalive = false) {
  if (isStream(value)) {
    if (keepalive) throw new TypeError('keepalive');
    if (isDisturbed(value) || value.locked) {
      throw new TypeError('Response body object should not be disturbed or locked');
    }
    return { body: new Body(value, null, null), type: null };
  }
  if (isBlob(value)) return { body: new Body(undefined, value, value.size), type: value.type || null };
  const { URLSearchParams } = require('internal/url');
  let bytes;
  let type = null;
  if (isAnyArrayBuffer(value)) {
    bytes = new Uint8Array(value.slice(0));
  } else if (ArrayBuffer.isView(value)) {
    bytes = new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  } else if (value instanceof URLSearchParams) {
    bytes = encode(value.toString());
    type = 'application/x-www-form-urlencoded;charset=UTF-8';
  } else {
    const entries = require('internal/fetch/form_data').entriesOf(value);
    if (entries !== undefined) {
      const { blob, type: multipart } = require('internal/fetch/multipart').encode(entries);
      return { body: new Body(undefined, blob, blob.size), type: multipart };
    }
    if (typeof value === 'object' && typeof value[Symbol.asyncIterator] === 'function') {
      const { ReadableStream } = require('internal/webstreams/readable');
      return { body: new Body(ReadableStream.from(value), null, null), type: null };
    }
    bytes = encode(toUSVString(value));
    type = 'text/plain;charset=UTF-8';
  }
  return { body: new Body(undefined, bytes, bytes.byteLength), type };
}

/** All of a body as one Uint8Array. */
async function readAll(body) {
  const chunks = [];
  let length = 0;
  const reader = body.stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
    chunks.push(value);
    length += value.byteLength;
  }
  if (chunks.length === 1) return chunks[0];
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

const decodeUtf8 = (bytes) => new (require('internal/encoding').TextDecoder)().decode(bytes);

/** https://fetch.spec.whatwg.org/#dom-body-formdata */
function toFormData(bytes, type) {
  const { FormData } = require('internal/fetch/form_data');
  const essence = type?.split(';')[0].trim().toLowerCase();
  if (essence === 'multipart/form-data') {
    const boundary = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type);
    if (boundary === null) throw new TypeError('Failed to parse body as FormData.');
    return require('internal/fetch/multipart').decode(bytes, boundary[1] ?? boundary[2]);
  }
  if (essence === 'application/x-www-form-urlencoded') {
    const data = new FormData();
    const { URLSearchParams } = require('internal/url');
    for (const [name, value] of new URLSearchParams(decodeUtf8(bytes))) data.append(name, value);
    return data;
  }
  throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
}

/** What each method makes of the bytes. */
const CONSUMERS = {
  blob: (bytes, type) => new (require('internal/blob').Blob)([bytes], { type: type ?? '' }),
  arrayBuffer: (bytes) => (bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer :
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  text: decodeUtf8,
  json: (bytes) => JSON.parse(decodeUtf8(bytes)),
  formData: toFormData,
  bytes: (bytes) => new Uint8Array(bytes),
};

/** Gives a class the body mixin; `stateOf(object)` is `{ body, headers }` or undefined. */
function mixBody(Class, stateOf) {
  const check = (object) => {
    const state = stateOf(object);
    if (state === undefined) throw illegal();
    return state;
  };
  const members = {
    get body() {
      return check(this).body?.stream ?? null;
    },
    get bodyUsed() {
      return check(this).body?.isUsed ?? false;
    },
  };
  for (const [name, consume] of Object.entries(CONSUMERS)) {
    members[name] = {
      async [name]() {
        const { body, headers } = check(this);
        if (body?.isUsed || body?.isLocked) throw new TypeError('Body is unusable: Body has already been read');
        const bytes = body === null ? new Uint8Array(0) : await readAll(body);
        return consume(bytes, headers.get('content-type'));
      },
    }[name];
  }
  members.textStream = function textStream() {
    const { body } = check(this);
    if (body?.isUsed || body?.isLocked) throw new TypeError('Body is unusable: Body has already been read');
    const { TextDecoderStream } = require('internal/webstreams/encoding');
    return (body?.stream ?? bytesStream(new Uint8Array(0))).pipeThrough(new TextDecoderStream());
  };
  Object.defineProperties(Class.prototype, Object.getOwnPropertyDescriptors(members));
}

module.exports = { Body, extract, mixBody, readAll };

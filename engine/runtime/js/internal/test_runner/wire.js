'use strict';

// What a file that runs as a test tells the runner, in between of what it prints: magic bytes that no text in UTF-8 has,
// a length, and an event in V8's serialization.

const MAGIC = Buffer.from([0xff, 0x0f, 0x54, 0x52]);
const HEAD = MAGIC.length + 4;
const ERROR = '$error';
const SHOWN = '$shown';
const KINDS = new Map([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((kind) => [kind.name, kind]));

/** Errors lose their properties on the way, so they travel as plain objects. */
function packed(value, depth = 0) {
  if (!(value instanceof Error) && !require('util').types.isNativeError(value)) return value;
  const properties = {};
  for (const key of Object.keys(value)) properties[key] = packed(value[key], depth + 1);
  return {
    [ERROR]: {
      name: value.name,
      message: value.message,
      stack: value.stack,
      hasCause: Object.hasOwn(value, 'cause') && !Object.hasOwn(properties, 'cause'),
      cause: depth > 8 ? undefined : packed(value.cause, depth + 1),
      properties,
    },
  };
}

function unpacked(value) {
  if (value?.[SHOWN] !== undefined) return shown(value[SHOWN]);
  const form = value?.[ERROR];
  if (form === undefined) return value;
  const { cause, hasCause, message, name, properties, stack } = form;
  const Kind = KINDS.get(name) ?? Error;
  const error = new Kind(message);
  define(error, 'stack', stack);
  if (name !== Kind.prototype.name) define(error, 'name', name);
  if (hasCause) define(error, 'cause', unpacked(cause));
  for (const key of Object.keys(properties)) error[key] = unpacked(properties[key]);
  return error;
}

/** Something that looks like what could not be sent. */
function shown(text) {
  return Object.defineProperty({}, require('util').inspect.custom, { __proto__: null, enumerable: false, value: () => text });
}

function define(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, configurable: true, enumerable: false, value, writable: true });
}

/** An event as bytes. */
function encoded({ type, data }) {
  const { serialize } = require('v8');
  const details = data.details === undefined ? undefined : { ...data.details, error: packed(data.details.error) };
  let body;
  try {
    body = serialize({ type, data: { ...data, details } });
  } catch {
    // Something in an error cannot be sent; what it looks like can.
    const { inspect } = require('util');
    const text = (value) => {
      if (value === null || !['object', 'function', 'symbol'].includes(typeof value)) return value;
      try {
        return { [SHOWN]: inspect(value) };
      } catch {
        return { [SHOWN]: inspect(value, { customInspect: false }) };
      }
    };
    simplify(details?.error, text);
    body = serialize({ type, data: { ...data, details } });
  }
  const head = Buffer.alloc(HEAD);
  MAGIC.copy(head);
  head.writeUInt32BE(body.length, MAGIC.length);
  return Buffer.concat([head, body]);
}

function simplify(form, text) {
  const { [ERROR]: error } = form ?? {};
  if (error === undefined) return;
  for (const key of Object.keys(error.properties)) {
    if (error.properties[key]?.[ERROR] === undefined) error.properties[key] = text(error.properties[key]);
    else simplify(error.properties[key], text);
  }
  if (error.cause?.[ERROR] === undefined) error.cause = text(error.cause);
  else simplify(error.cause, text);
}

/** Writes events for a runner. */
async function* reporter(source) {
  for await (const event of source) yield encoded(event);
}

/** Takes the output of a file apart again. */
class Decoder {
  #bytes = Buffer.alloc(0);
  #onEvent;
  #onText;

  constructor({ onEvent, onText }) {
    this.#onEvent = onEvent;
    this.#onText = onText;
  }

  add(chunk) {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length > 0 && this.#takeOne());
  }

  /** Whether something was taken. */
  #takeOne() {
    const bytes = this.#bytes;
    const at = bytes.indexOf(MAGIC);
    if (at === -1) {
      const kept = startOfMagic(bytes);
      this.#text(bytes.subarray(0, bytes.length - kept));
      this.#bytes = bytes.subarray(bytes.length - kept);
      return false;
    }
    if (at > 0) {
      this.#text(bytes.subarray(0, at));
      this.#bytes = bytes.subarray(at);
      return true;
    }
    if (bytes.length < HEAD) return false;
    const end = HEAD + bytes.readUInt32BE(MAGIC.length);
    if (bytes.length < end) return false;
    this.#bytes = bytes.subarray(end);
    this.#event(bytes.subarray(HEAD, end));
    return true;
  }

  #event(body) {
    const { type, data } = require('v8').deserialize(body);
    if (data.details?.error !== undefined) data.details.error = unpacked(data.details.error);
    if (data.details !== undefined && data.details.error === undefined) delete data.details.error;
    if (data.details === undefined) delete data.details;
    this.#onEvent({ type, data });
  }

  #text(bytes) {
    if (bytes.length > 0) this.#onText(bytes);
  }

  end() {
    this.#text(this.#bytes);
    this.#bytes = Buffer.alloc(0);
  }
}

/** How many bytes at the end may be the beginning of the magic ones. */
function startOfMagic(bytes) {
  for (let length = Math.min(MAGIC.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(MAGIC.subarray(0, length))) return length;
  }
  return 0;
}

module.exports = { Decoder, reporter };

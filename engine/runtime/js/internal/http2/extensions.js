'use strict';

// Frames beside the protocol's own: where else a service is (https://www.rfc-editor.org/rfc/rfc7838#section-4), and for
// which origins a connection may be used (https://www.rfc-editor.org/rfc/rfc8336#section-2).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

const MOST_BYTES = 16382;
/** What the value of `Alt-Svc` may consist of. */
const QUOTABLE = /^[\x09\x20-\x5b\x5d-\x7e\x80-\xff]*$/;

function sized(text) {
  const bytes = Buffer.from(text, 'latin1');
  const size = Buffer.allocUnsafe(2);
  size.writeUInt16BE(bytes.length);
  return [size, bytes];
}

const originOf = (value) => {
  if (typeof value === 'string') return new (require('internal/url').URL)(value).origin;
  return value !== null && typeof value === 'object' ? value.origin : value;
};

/** The frame that `session.altsvc` sends, as `[stream, payload]`. */
function altsvcFrame(alt, originOrStream) {
  let stream = 0;
  let origin;
  if (typeof originOrStream === 'number') {
    if (!Number.isInteger(originOrStream) || originOrStream <= 0 || originOrStream > 2 ** 32 - 1) {
      throw new codes.ERR_OUT_OF_RANGE('originOrStream', '> 0 && < 4294967296', originOrStream);
    }
    stream = originOrStream;
  } else if (originOrStream !== undefined) {
    origin = originOf(originOrStream);
    if (typeof origin !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('originOrStream', ['string', 'number', 'URL', 'object'], originOrStream);
    }
    if (origin === 'null' || origin.length === 0) throw new codes.ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
  }
  validateString(alt, 'alt');
  if (!QUOTABLE.test(alt)) throw new codes.ERR_INVALID_CHAR('alt');
  if (Buffer.byteLength(origin ?? '') + Buffer.byteLength(alt) > MOST_BYTES) throw new codes.ERR_HTTP2_ALTSVC_LENGTH();
  return [stream, Buffer.concat([...sized(origin ?? ''), Buffer.from(alt, 'latin1')])];
}

/** The payload that `session.origin` sends, or undefined when there is nothing to say. */
function originPayload(origins) {
  const parts = [];
  let length = 0;
  for (const given of origins) {
    const origin = originOf(given);
    if (typeof origin !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('origin', 'string', origin);
    if (origin === 'null' || origin.length === 0) throw new codes.ERR_HTTP2_INVALID_ORIGIN();
    parts.push(...sized(origin));
    length += origin.length;
    if (length > MOST_BYTES) throw new codes.ERR_HTTP2_ORIGIN_LENGTH();
  }
  return parts.length === 0 ? undefined : Buffer.concat(parts);
}

/** `[value, origin]` of a frame that arrived; undefined for one to be passed over. */
function readAltsvc(payload, stream) {
  if (payload.length < 2 || payload.length < 2 + payload.readUInt16BE(0)) return undefined;
  const end = 2 + payload.readUInt16BE(0);
  // On the connection itself it is about an origin, on a stream about that of the stream.
  if ((stream === 0) !== (end > 2)) return undefined;
  return [payload.latin1Slice(end), payload.latin1Slice(2, end)];
}

/** The origins in a frame that arrived; undefined for one to be passed over. */
function readOrigins(payload) {
  const origins = [];
  for (let at = 0; at < payload.length;) {
    if (at + 2 > payload.length || at + 2 + payload.readUInt16BE(at) > payload.length) return undefined;
    const end = at + 2 + payload.readUInt16BE(at);
    origins.push(payload.latin1Slice(at + 2, end));
    at = end;
  }
  return origins;
}

/** Shows a session or a stream as Node.js does. */
function inspectAs(object, name, shown, depth, options) {
  if (typeof depth === 'number' && depth < 0) return object;
  return `${name} ${require('internal/util/inspect').inspect(shown, { ...options })}`;
}

module.exports = { altsvcFrame, inspectAs, originPayload, readAltsvc, readOrigins };

'use strict';

// https://nodejs.org/api/querystring.html

const ESCAPE = /%[\da-fA-F]{2}/;

/** `querystring.unescapeBuffer`: bytes, with what is no valid escape left as it is. */
function unescapeBuffer(s, decodeSpaces) {
  const { Buffer } = require('buffer');
  const bytes = Buffer.allocUnsafe(s.length);
  let length = 0;
  for (let i = 0; i < s.length; i++) {
    const code = s.charCodeAt(i);
    if (code === 37) {
      const digits = s.slice(i + 1, i + 3);
      if (/^[\da-fA-F]{2}$/.test(digits)) {
        bytes[length++] = parseInt(digits, 16);
        i += 2;
        continue;
      }
    }
    bytes[length++] = decodeSpaces && code === 43 ? 32 : code;
  }
  return bytes.slice(0, length);
}

function qsUnescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return unescapeBuffer(`${s}`, decodeSpaces).toString();
  }
}

/**
 * Text with half a pair of surrogates in it: Node takes whatever follows for the other half, and only at the end
 * complains.
 */
function escapeSurrogates(text) {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) {
      result += encodeURIComponent(text[i]);
      continue;
    }
    i++;
    if (i >= text.length) {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_URI();
    }
    result += encodeURIComponent(String.fromCodePoint(0x10000 + (((code & 0x3ff) << 10) | (text.charCodeAt(i) & 0x3ff))));
  }
  return result;
}

function qsEscape(str) {
  let text = str;
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  return text.isWellFormed() ? encodeURIComponent(text) : escapeSurrogates(text);
}

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': case 'boolean': return `${value}`;
    default: return '';
  }
}

/** `querystring.stringify`. */
function stringify(obj, sep, eq, options) {
  if (obj === null || typeof obj !== 'object') return '';
  const separator = sep || '&';
  const equals = eq || '=';
  const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : exports.escape;
  const fields = [];
  for (const key of Object.keys(obj)) {
    const value = obj[key];
    const name = encode(key) + equals;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) fields.push(name + encode(primitiveText(value[i])));
    } else {
      fields.push(name + encode(primitiveText(value)));
    }
  }
  return fields.join(separator);
}

function decodeWith(decoder, text) {
  try {
    return decoder(text);
  } catch {
    return qsUnescape(text, true);
  }
}

/** `querystring.parse`. */
function parse(qs, sep, eq, options) {
  const result = { __proto__: null };
  if (typeof qs !== 'string' || qs.length === 0) return result;
  const separator = sep ? `${sep}` : '&';
  const equals = eq ? `${eq}` : '=';
  const most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  const decoder = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : exports.unescape;
  const isOwn = decoder === qsUnescape;
  const decode = (text) => {
    if (!isOwn) return decodeWith(decoder, text.replaceAll('+', '%20'));
    const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
    return ESCAPE.test(spaced) ? qsUnescape(spaced, false) : spaced;
  };
  let left = most > 0 ? most : -1;
  for (let start = 0; start <= qs.length && left !== 0;) {
    let end = qs.indexOf(separator, start);
    if (end === -1) end = qs.length;
    if (end > start) {
      const field = qs.slice(start, end);
      const at = field.indexOf(equals);
      const key = decode(at === -1 ? field : field.slice(0, at));
      const value = at === -1 ? '' : decode(field.slice(at + equals.length));
      const earlier = result[key];
      if (earlier === undefined) result[key] = value;
      else if (Array.isArray(earlier)) earlier.push(value);
      else result[key] = [earlier, value];
    }
    // Empty ones count, too.
    left--;
    start = end + separator.length;
  }
  return result;
}

Object.assign(exports, {
  unescapeBuffer,
  // Replaceable: what scripts put here is used by `stringify` and `parse`.
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
});

'use strict';

// `data:` addresses (https://fetch.spec.whatwg.org/#data-url-processor).

/** `{ type, bytes }`, or null where the address has no data. */
function parse(url) {
  const text = url.href.slice('data:'.length, url.hash === '' ? undefined : -url.hash.length);
  const comma = text.indexOf(',');
  if (comma === -1) return null;
  let type = text.slice(0, comma).trim();
  let bytes = unescape_(text.slice(comma + 1));
  const base64 = /; *base64$/i.exec(type);
  if (base64 !== null) {
    type = type.slice(0, base64.index);
    const encoded = bytes.toString('latin1').replace(/[\t\n\f\r ]/g, '');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) return null;
    bytes = Buffer.from(encoded, 'base64');
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  const isType = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+\s*(;|$)/.test(type);
  return { type: isType ? type : 'text/plain;charset=US-ASCII', bytes };
}

function unescape_(text) {
  const source = Buffer.from(text, 'utf8');
  const bytes = [];
  for (let i = 0; i < source.length; i++) {
    const digits = source[i] === 0x25 ? source.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      i += 2;
    } else {
      bytes.push(source[i]);
    }
  }
  return Buffer.from(bytes);
}

module.exports = { parse };

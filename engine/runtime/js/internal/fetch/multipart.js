'use strict';

// `multipart/form-data`, written and read
// (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data, RFC 7578).

const escapeName = (name) => name.replace(/\r?\n|\r/g, '\r\n').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
const unescapeName = (name) => name.replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%22/g, '"');

/** A Blob with the entries, and its type. */
function encode(entries) {
  const { Blob } = require('internal/blob');
  const digits = `${Math.floor(Math.random() * 1e11)}`.padStart(12, '0');
  const boundary = `----formdata-undici-${digits}`;
  const parts = [];
  for (const [name, value] of entries) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') {
      parts.push(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`);
    } else {
      const type = value.type || 'application/octet-stream';
      parts.push(`${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value, '\r\n');
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return { blob: new Blob(parts), type: `multipart/form-data; boundary=${boundary}` };
}

const failed = () => new TypeError('Failed to parse body as FormData.');

/** The FormData in `bytes`. */
function decode(bytes, boundary) {
  const { FormData } = require('internal/fetch/form_data');
  const { File } = require('buffer');
  const data = new FormData();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = Buffer.from(`--${boundary}`);
  let at = buffer.indexOf(delimiter);
  if (at !== 0 && buffer.toString('latin1', 0, at) !== '\r\n') throw failed();
  for (;;) {
    at += delimiter.length;
    if (buffer.toString('latin1', at, at + 2) === '--') return data;
    if (buffer.toString('latin1', at, at + 2) !== '\r\n') throw failed();
    const headEnd = buffer.indexOf('\r\n\r\n', at);
    if (headEnd === -1) throw failed();
    const end = buffer.indexOf(`\r\n--${boundary}`, headEnd + 2);
    if (end === -1) throw failed();
    const { name, filename, type } = readHead(buffer.toString('utf8', at + 2, headEnd));
    const body = buffer.subarray(Math.min(headEnd + 4, end), end);
    if (filename === undefined) data.append(name, body.toString('utf8').replace(/^\ufeff/, ''));
    else data.append(name, new File([body], filename, { type: type ?? 'text/plain' }));
    at = end + 2;
  }
}

function readHead(head) {
  let name;
  let filename;
  let type;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw failed();
    const value = line.slice(colon + 1).trim();
    const key = line.slice(0, colon).toLowerCase();
    if (key === 'content-type') type = value;
    if (key !== 'content-disposition') continue;
    if (!/^form-data\s*;/i.test(value)) throw failed();
    const named = /;\s*name="([^"]*)"/i.exec(value);
    const file = /;\s*filename="([^"]*)"/i.exec(value);
    if (named !== null) name = unescapeName(named[1]);
    if (file !== null) filename = unescapeName(file[1]);
  }
  if (name === undefined) throw failed();
  return { name, filename, type };
}

module.exports = { decode, encode };

'use strict';

// The module `stream/consumers`: all of a stream as one value (https://nodejs.org/api/webstreams.html#utility-consumers).

async function chunksOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** As a Blob. */
async function blob(stream) {
  const { Blob } = require('internal/blob');
  return new Blob(await chunksOf(stream));
}

/** As an ArrayBuffer. */
async function arrayBuffer(stream) {
  return (await blob(stream)).arrayBuffer();
}

/** As a Uint8Array. */
async function bytes(stream) {
  return new Uint8Array(await arrayBuffer(stream));
}

/** As a Buffer. */
async function buffer(stream) {
  return require('buffer').Buffer.from(await arrayBuffer(stream));
}

/** As text in UTF-8. */
async function text(stream) {
  const { TextDecoder } = require('internal/encoding');
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) {
    result += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  // What an unfinished character leaves behind.
  return result + decoder.decode();
}

/** As what its JSON says. */
async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, text, json };

'use strict';

// WebAssembly from what `fetch` brings (https://webassembly.github.io/spec/web-api/#streaming-modules).

const { codes } = require('internal/errors');

const refusal = (message) => Object.assign(new TypeError(message), { code: 'ERR_WEBASSEMBLY_RESPONSE' });

/** The bytes of a response, or of a promise of one. */
async function bytesOf(source, name) {
  const response = await source;
  const { Response } = require('internal/fetch/response');
  if (!(response instanceof Response)) {
    throw new codes.ERR_INVALID_ARG_TYPE('source', ['Response', 'Promise resolving to Response'], source);
  }
  const type = response.headers.get('Content-Type');
  if (type !== 'application/wasm') throw refusal(`WebAssembly response has unsupported MIME type '${type}'`);
  if (!response.ok) throw refusal(`WebAssembly response has status code ${response.status}`);
  if (response.bodyUsed) throw refusal('WebAssembly response body has already been used');
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength === 0) throw new WebAssembly.CompileError(`WebAssembly.${name}(): expected 4 bytes, fell off end @+0`);
  return bytes;
}

/** What V8 refuses it refuses under the name of the function that was called. */
async function named(name, act) {
  try {
    return await act();
  } catch (error) {
    if (typeof error?.message === 'string') error.message = error.message.replace(/^WebAssembly\.\w+\(\): /, `WebAssembly.${name}(): `);
    throw error;
  }
}

async function compileStreaming(source) {
  const bytes = await bytesOf(source, 'compileStreaming');
  return named('compileStreaming', () => WebAssembly.compile(bytes));
}

async function instantiateStreaming(source, imports = undefined, ...options) {
  if (imports !== undefined && (imports === null || (typeof imports !== 'object' && typeof imports !== 'function'))) {
    throw new TypeError('WebAssembly.instantiateStreaming(): Argument 1 must be an object');
  }
  const bytes = await bytesOf(source, 'instantiateStreaming');
  return named('instantiateStreaming', () => WebAssembly.instantiate(bytes, imports, ...options));
}

module.exports = { compileStreaming, instantiateStreaming };

'use strict';

// Names of protocols as the handshake carries them (https://www.rfc-editor.org/rfc/rfc7301#section-3.1).

const { codes } = require('internal/errors');

const MAX = 255;

function convertProtocols(protocols) {
  const { Buffer } = require('buffer');
  return Buffer.concat(protocols.map((name, index) => {
    const bytes = Buffer.from(name, 'latin1');
    if (bytes.length > MAX) {
      throw new codes.ERR_OUT_OF_RANGE(
        `The byte length of the protocol at index ${index} exceeds the maximum length.`, '<= 255', bytes.length, true);
    }
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  }));
}

/** The names in the bytes. */
function namesOf(bytes) {
  const names = [];
  for (let at = 0; at < bytes.length; at += bytes[at] + 1) {
    names.push(bytes.toString('latin1', at + 1, at + 1 + bytes[at]));
  }
  return names;
}

function convertALPNProtocols(protocols, out) {
  const { Buffer } = require('buffer');
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = convertProtocols(protocols);
  } else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(protocols.buffer.slice(protocols.byteOffset, protocols.byteOffset + protocols.byteLength));
  }
  if (out.ALPNProtocols) {
    Object.defineProperty(out, 'alpnNames', {
      __proto__: null, value: namesOf(out.ALPNProtocols), configurable: true, writable: true,
    });
  }
}

module.exports = { convertALPNProtocols };

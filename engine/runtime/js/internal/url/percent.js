'use strict';

// Percent-encoded bytes (https://url.spec.whatwg.org/#percent-encoded-bytes).

/** The value of a hexadecimal digit's code, NaN for any other. */
function digit(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NaN;
}

/**
 * The bytes of a text in which `%` and two digits stand for a byte; what is no escape stands for itself.
 *
 * @param {string} text
 * @returns {Buffer}
 */
function decodeBytes(text) {
  const { Buffer } = require('buffer');
  const source = Buffer.from(text);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const value = source[i] === 37 ? digit(source[i + 1]) * 16 + digit(source[i + 2]) : NaN;
    // What is decoded is never longer, so that it fits where it came from.
    source[length++] = Number.isNaN(value) ? source[i] : value;
    if (!Number.isNaN(value)) i += 2;
  }
  return source.subarray(0, length);
}

module.exports = { decodeBytes };

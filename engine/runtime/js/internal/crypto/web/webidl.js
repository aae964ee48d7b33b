'use strict';

// Conversions of Web IDL (https://webidl.spec.whatwg.org) as far as `crypto.subtle` needs them.

const { Buffer } = require('buffer');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { isSharedArrayBuffer } = require('internal/util/types');
const { isCryptoKey } = require('internal/crypto/web/key');

const { isView } = ArrayBuffer;

const ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];
const FORMATS = ['raw', 'raw-public', 'raw-private', 'raw-seed', 'raw-secret', 'pkcs8', 'spki', 'jwk'];
const USAGES = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateBits',
  'encapsulateKey', 'decapsulateBits', 'decapsulateKey',
];

function typeError(message, code = 'ERR_INVALID_ARG_TYPE') {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

/** The words in front of what is wrong with an argument. */
function context(method, index) {
  return `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[index]} argument`;
}

function requiredArguments(args, needed, method) {
  if (args.length >= needed) return;
  const count = args.length === 0 ? 'only 0' : `only ${args.length}`;
  throw typeError(
    `Failed to execute '${method}' on 'SubtleCrypto': ${needed} argument${needed === 1 ? '' : 's'} required, but ` +
      `${count} present.`,
    'ERR_MISSING_ARGS',
  );
}

/** A copy of the bytes of a view or ArrayBuffer. */
function bytes(value, where) {
  const memory = isView(value) ? value.buffer : value;
  if (!isAnyArrayBuffer(memory) || isSharedArrayBuffer(memory)) {
    throw typeError(`${where} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }
  if (!isView(value)) return Buffer.from(value.slice(0));
  return Buffer.from(new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)));
}

function format(value, where) {
  const text = `${value}`;
  if (FORMATS.includes(text)) return text;
  throw typeError(`${where} '${text}' is not a valid enum value of type KeyFormat.`, 'ERR_INVALID_ARG_VALUE');
}

function usages(value, where) {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject || typeof value[Symbol.iterator] !== 'function') {
    throw typeError(`${where} cannot be converted to sequence.`);
  }
  return Array.from(value, (item, index) => {
    const text = `${item}`;
    if (!USAGES.includes(text)) {
      const message = `${where}[${index}] '${text}' is not a valid enum value of type KeyUsage.`;
      throw typeError(message, 'ERR_INVALID_ARG_VALUE');
    }
    return text;
  });
}

function key(value, where) {
  if (!isCryptoKey(value)) throw typeError(`${where} is not of type CryptoKey.`);
  return value;
}

/** A whole number without sign of so many bits. */
function unsigned(value, bits, where) {
  const number = Number(value);
  if (!Number.isFinite(number)) throw typeError(`${where} is not a finite number.`);
  const whole = Math.trunc(number);
  if (whole < 0 || whole >= 2 ** bits) {
    throw typeError(`${where} is outside the expected range of 0 to ${2 ** bits - 1}.`, 'ERR_OUT_OF_RANGE');
  }
  return whole;
}

module.exports = { bytes, context, format, key, requiredArguments, typeError, unsigned, usages };

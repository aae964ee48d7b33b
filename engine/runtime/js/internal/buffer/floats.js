'use strict';

// Floating-point numbers and integers of 64 bits in a Buffer
// (https://nodejs.org/api/buffer.html#bufreaddoublebeoffset). Their bytes go through a small array that is looked at
// as both kinds.

const { codes } = require('internal/errors');
const { outOfBounds } = require('internal/buffer/integers');
const { validateNumber } = require('internal/validators');

const bytes = new Uint8Array(8);
const asFloat = new Float32Array(bytes.buffer, 0, 1);
const asDouble = new Float64Array(bytes.buffer);
const asSigned = new BigInt64Array(bytes.buffer);
const asUnsigned = new BigUint64Array(bytes.buffer);

function checkPlace(buffer, offset, size) {
  if (typeof offset !== 'number') validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + size - 1] === undefined) outOfBounds(buffer, offset, size);
}

// Without loops, which are what the time goes into otherwise.

/** Takes four bytes at `offset` into `bytes`, in their order. */
function take4(buffer, offset) {
  checkPlace(buffer, offset, 4);
  bytes[0] = buffer[offset];
  bytes[1] = buffer[offset + 1];
  bytes[2] = buffer[offset + 2];
  bytes[3] = buffer[offset + 3];
}

/** The same, turned around. */
function take4Backwards(buffer, offset) {
  checkPlace(buffer, offset, 4);
  bytes[3] = buffer[offset];
  bytes[2] = buffer[offset + 1];
  bytes[1] = buffer[offset + 2];
  bytes[0] = buffer[offset + 3];
}

/** Takes eight bytes. */
function take8(buffer, offset) {
  checkPlace(buffer, offset, 8);
  bytes[0] = buffer[offset];
  bytes[1] = buffer[offset + 1];
  bytes[2] = buffer[offset + 2];
  bytes[3] = buffer[offset + 3];
  bytes[4] = buffer[offset + 4];
  bytes[5] = buffer[offset + 5];
  bytes[6] = buffer[offset + 6];
  bytes[7] = buffer[offset + 7];
}

/** The same, turned around. */
function take8Backwards(buffer, offset) {
  checkPlace(buffer, offset, 8);
  bytes[7] = buffer[offset];
  bytes[6] = buffer[offset + 1];
  bytes[5] = buffer[offset + 2];
  bytes[4] = buffer[offset + 3];
  bytes[3] = buffer[offset + 4];
  bytes[2] = buffer[offset + 5];
  bytes[1] = buffer[offset + 6];
  bytes[0] = buffer[offset + 7];
}

function put(buffer, offset, size) {
  for (let i = 0; i < size; i++) buffer[offset + i] = bytes[i];
  return offset + size;
}

function putBackwards(buffer, offset, size) {
  for (let i = 0; i < size; i++) buffer[offset + i] = bytes[size - 1 - i];
  return offset + size;
}

function checkBigInt(buffer, value, offset, min, max) {
  if (value > max || value < min) {
    const range = min === 0n ? '>= 0n and < 2n ** 64n' : '>= -(2n ** 63n) and < 2n ** 63n';
    throw new codes.ERR_OUT_OF_RANGE('value', range, value);
  }
  checkPlace(buffer, offset, 8);
  // Throws the engine's own error for a number.
  return typeof value === 'bigint' ? value : value | 0n;
}

const SIGNED_MIN = -(2n ** 63n);
const SIGNED_MAX = 2n ** 63n - 1n;
const UNSIGNED_MAX = 2n ** 64n - 1n;

function readBigUInt64LE(offset = 0) {
  take8(this, offset);
  return asUnsigned[0];
}

function readBigUInt64BE(offset = 0) {
  take8Backwards(this, offset);
  return asUnsigned[0];
}

function readBigInt64LE(offset = 0) {
  take8(this, offset);
  return asSigned[0];
}

function readBigInt64BE(offset = 0) {
  take8Backwards(this, offset);
  return asSigned[0];
}

function writeBigUInt64LE(value, offset = 0) {
  asUnsigned[0] = checkBigInt(this, value, offset, 0n, UNSIGNED_MAX);
  return put(this, offset, 8);
}

function writeBigUInt64BE(value, offset = 0) {
  asUnsigned[0] = checkBigInt(this, value, offset, 0n, UNSIGNED_MAX);
  return putBackwards(this, offset, 8);
}

function writeBigInt64LE(value, offset = 0) {
  asSigned[0] = checkBigInt(this, value, offset, SIGNED_MIN, SIGNED_MAX);
  return put(this, offset, 8);
}

function writeBigInt64BE(value, offset = 0) {
  asSigned[0] = checkBigInt(this, value, offset, SIGNED_MIN, SIGNED_MAX);
  return putBackwards(this, offset, 8);
}

// "Forwards" is the order of bytes of this machine, which is little-endian on all that V8's archive is built for.

function readFloatForwards(offset = 0) {
  take4(this, offset);
  return asFloat[0];
}

function readFloatBackwards(offset = 0) {
  take4Backwards(this, offset);
  return asFloat[0];
}

function readDoubleForwards(offset = 0) {
  take8(this, offset);
  return asDouble[0];
}

function readDoubleBackwards(offset = 0) {
  take8Backwards(this, offset);
  return asDouble[0];
}

/** A number, with one representation of NaN: V8 has others inside. */
function toFloat(value) {
  value = +value;
  return Number.isNaN(value) ? NaN : value;
}

function writeFloatForwards(value, offset = 0) {
  value = toFloat(value);
  checkPlace(this, offset, 4);
  asFloat[0] = value;
  return put(this, offset, 4);
}

function writeFloatBackwards(value, offset = 0) {
  value = toFloat(value);
  checkPlace(this, offset, 4);
  asFloat[0] = value;
  return putBackwards(this, offset, 4);
}

function writeDoubleForwards(value, offset = 0) {
  value = toFloat(value);
  checkPlace(this, offset, 8);
  asDouble[0] = value;
  return put(this, offset, 8);
}

function writeDoubleBackwards(value, offset = 0) {
  value = toFloat(value);
  checkPlace(this, offset, 8);
  asDouble[0] = value;
  return putBackwards(this, offset, 8);
}

/** Puts the methods for integers of 64 bits on `proto`. */
function addBigIntMethods(proto) {
  Object.assign(proto, {
    readBigUInt64LE,
    readBigUInt64BE,
    readBigUint64LE: readBigUInt64LE,
    readBigUint64BE: readBigUInt64BE,
    readBigInt64LE,
    readBigInt64BE,
    writeBigUInt64LE,
    writeBigUInt64BE,
    writeBigUint64LE: writeBigUInt64LE,
    writeBigUint64BE: writeBigUInt64BE,
    writeBigInt64LE,
    writeBigInt64BE,
  });
}

/** Puts the methods for floating-point numbers on `proto`. */
function addFloatMethods(proto) {
  Object.assign(proto, {
    readFloatLE: readFloatForwards,
    readFloatBE: readFloatBackwards,
    readDoubleLE: readDoubleForwards,
    readDoubleBE: readDoubleBackwards,
    writeFloatLE: writeFloatForwards,
    writeFloatBE: writeFloatBackwards,
    writeDoubleLE: writeDoubleForwards,
    writeDoubleBE: writeDoubleBackwards,
  });
}

module.exports = { addBigIntMethods, addFloatMethods };

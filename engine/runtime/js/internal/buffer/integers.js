'use strict';

// Integers in a Buffer: `readInt32LE`, `writeUIntBE` and the like
// (https://nodejs.org/api/buffer.html#bufreadint8offset).
//
// They work on anything with numbered bytes. What lies outside reads as undefined, which costs less than comparing
// the offset with the length first; only then it is found out what is wrong.

const { codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');

/** Throws for an offset that is no place for `size` bytes. */
function outOfBounds(buffer, offset, size) {
  throwOffset(offset, buffer.length - size, 'offset', 0);
}

function throwOffset(value, last, name, first) {
  if (Math.floor(value) !== value) {
    validateNumber(value, name);
    throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  }
  if (last < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE(name, `>= ${first} and <= ${last}`, value);
}

/** Checks the arguments of the methods whose number of bytes is an argument. */
function checkVariable(buffer, offset, byteLength) {
  if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  if (byteLength === undefined) throw new codes.ERR_INVALID_ARG_TYPE('byteLength', 'number', byteLength);
  if (!(byteLength >= 1 && byteLength <= 6) || Math.floor(byteLength) !== byteLength) {
    validateNumber(byteLength, 'byteLength');
    throwOffset(byteLength, 6, 'byteLength', 1);
  }
  validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + byteLength - 1] === undefined) {
    outOfBounds(buffer, offset, byteLength);
  }
}

function throwValue(value, min, max, byteLength) {
  let range;
  if (byteLength <= 4) range = `>= ${min} and <= ${max}`;
  else if (min === 0) range = `>= 0 and < 2 ** ${byteLength * 8}`;
  else range = `>= -(2 ** ${byteLength * 8 - 1}) and < 2 ** ${byteLength * 8 - 1}`;
  throw new codes.ERR_OUT_OF_RANGE('value', range, value);
}

function readLittle(buffer, offset, byteLength) {
  let value = 0;
  for (let i = byteLength - 1; i >= 0; i--) value = value * 256 + buffer[offset + i];
  return value;
}

function readBig(buffer, offset, byteLength) {
  let value = 0;
  for (let i = 0; i < byteLength; i++) value = value * 256 + buffer[offset + i];
  return value;
}

function toSigned(value, byteLength) {
  const half = 2 ** (8 * byteLength - 1);
  return value >= half ? value - 2 * half : value;
}

function readUIntLE(offset, byteLength) {
  checkVariable(this, offset, byteLength);
  return readLittle(this, offset, byteLength);
}

function readUIntBE(offset, byteLength) {
  checkVariable(this, offset, byteLength);
  return readBig(this, offset, byteLength);
}

function readIntLE(offset, byteLength) {
  checkVariable(this, offset, byteLength);
  return toSigned(readLittle(this, offset, byteLength), byteLength);
}

function readIntBE(offset, byteLength) {
  checkVariable(this, offset, byteLength);
  return toSigned(readBig(this, offset, byteLength), byteLength);
}

/** Checks what is to be written; returns it as a number. */
function checkValue(buffer, value, offset, byteLength, min, max) {
  value = +value;
  if (value > max || value < min) throwValue(value, min, max, byteLength);
  validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + byteLength - 1] === undefined) {
    outOfBounds(buffer, offset, byteLength);
  }
  return value;
}

function putLittle(buffer, value, offset, byteLength) {
  for (let i = 0; i < byteLength; i++) {
    buffer[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + byteLength;
}

function putBig(buffer, value, offset, byteLength) {
  for (let i = byteLength - 1; i >= 0; i--) {
    buffer[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + byteLength;
}

/** Checks the arguments of a write of variable length; returns the whole number to write. */
function checkWrite(buffer, value, offset, byteLength, isSigned) {
  if (offset === undefined && byteLength !== undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  }
  if (!(byteLength >= 1 && byteLength <= 6) || Math.floor(byteLength) !== byteLength) {
    validateNumber(byteLength, 'byteLength');
    throwOffset(byteLength, 6, 'byteLength', 1);
  }
  const size = 2 ** (8 * byteLength);
  const [min, max] = isSigned ? [-size / 2, size / 2 - 1] : [0, size - 1];
  const number = Math.trunc(checkValue(buffer, value, offset, byteLength, min, max));
  return Number.isNaN(number) ? 0 : number;
}

function writeUIntLE(value, offset, byteLength) {
  return putLittle(this, checkWrite(this, value, offset, byteLength, false), offset, byteLength);
}

function writeUIntBE(value, offset, byteLength) {
  return putBig(this, checkWrite(this, value, offset, byteLength, false), offset, byteLength);
}

function writeIntLE(value, offset, byteLength) {
  return putLittle(this, checkWrite(this, value, offset, byteLength, true), offset, byteLength);
}

function writeIntBE(value, offset, byteLength) {
  return putBig(this, checkWrite(this, value, offset, byteLength, true), offset, byteLength);
}

function put8(buffer, value, offset, min, max) {
  value = +value;
  validateNumber(offset, 'offset');
  if (value > max || value < min) throwValue(value, min, max, 1);
  if (buffer[offset] === undefined) outOfBounds(buffer, offset, 1);
  buffer[offset] = value;
  return offset + 1;
}

function put16LE(buffer, value, offset, min, max) {
  value = checkValue(buffer, value, offset, 2, min, max);
  buffer[offset] = value;
  buffer[offset + 1] = value >> 8;
  return offset + 2;
}

function put16BE(buffer, value, offset, min, max) {
  value = checkValue(buffer, value, offset, 2, min, max);
  buffer[offset] = value >> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}

function put32LE(buffer, value, offset, min, max) {
  value = checkValue(buffer, value, offset, 4, min, max);
  buffer[offset] = value;
  buffer[offset + 1] = value >> 8;
  buffer[offset + 2] = value >> 16;
  buffer[offset + 3] = value >> 24;
  return offset + 4;
}

function put32BE(buffer, value, offset, min, max) {
  value = checkValue(buffer, value, offset, 4, min, max);
  buffer[offset] = value >> 24;
  buffer[offset + 1] = value >> 16;
  buffer[offset + 2] = value >> 8;
  buffer[offset + 3] = value;
  return offset + 4;
}

function writeUInt8(value, offset = 0) {
  return put8(this, value, offset, 0, 0xff);
}

function writeUInt16LE(value, offset = 0) {
  return put16LE(this, value, offset, 0, 0xffff);
}

function writeUInt16BE(value, offset = 0) {
  return put16BE(this, value, offset, 0, 0xffff);
}

function writeUInt32LE(value, offset = 0) {
  return put32LE(this, value, offset, 0, 0xffffffff);
}

function writeUInt32BE(value, offset = 0) {
  return put32BE(this, value, offset, 0, 0xffffffff);
}

function writeInt8(value, offset = 0) {
  return put8(this, value, offset, -0x80, 0x7f);
}

function writeInt16LE(value, offset = 0) {
  return put16LE(this, value, offset, -0x8000, 0x7fff);
}

function writeInt16BE(value, offset = 0) {
  return put16BE(this, value, offset, -0x8000, 0x7fff);
}

function writeInt32LE(value, offset = 0) {
  return put32LE(this, value, offset, -0x80000000, 0x7fffffff);
}

function writeInt32BE(value, offset = 0) {
  return put32BE(this, value, offset, -0x80000000, 0x7fffffff);
}

/** The offset of a read, whose default is the start. */
function place(offset) {
  if (offset === undefined) return 0;
  validateNumber(offset, 'offset');
  return offset;
}

/** Puts the methods on `proto`, in the order in which Node's prototype has them. */
function addIntegerMethods(proto) {
  proto.readUIntLE = readUIntLE;
  // The reads of a fixed size have no names in Node either.
  proto.readUInt32LE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 3];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 4);
    return first + this[offset + 1] * 0x100 + this[offset + 2] * 0x10000 + last * 0x1000000;
  };
  proto.readUInt16LE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 1];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 2);
    return first + last * 0x100;
  };
  proto.readUInt8 = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const value = this[offset];
    if (value === undefined) outOfBounds(this, offset, 1);
    return value;
  };
  proto.readUIntBE = readUIntBE;
  proto.readUInt32BE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 3];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 4);
    return first * 0x1000000 + this[offset + 1] * 0x10000 + this[offset + 2] * 0x100 + last;
  };
  proto.readUInt16BE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 1];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 2);
    return first * 0x100 + last;
  };
  for (const name of ['UIntLE', 'UInt32LE', 'UInt16LE', 'UInt8', 'UIntBE', 'UInt32BE', 'UInt16BE']) {
    proto[`read${name.replace('UInt', 'Uint')}`] = proto[`read${name}`];
  }
  proto.readIntLE = readIntLE;
  proto.readInt32LE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 3];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 4);
    return first + this[offset + 1] * 0x100 + this[offset + 2] * 0x10000 + (last << 24);
  };
  proto.readInt16LE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 1];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 2);
    return ((first + last * 0x100) << 16) >> 16;
  };
  proto.readInt8 = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const value = this[offset];
    if (value === undefined) outOfBounds(this, offset, 1);
    return (value << 24) >> 24;
  };
  proto.readIntBE = readIntBE;
  proto.readInt32BE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 3];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 4);
    return (first << 24) + this[offset + 1] * 0x10000 + this[offset + 2] * 0x100 + last;
  };
  proto.readInt16BE = function (offset) {
    if (typeof offset !== 'number') offset = place(offset);
    const first = this[offset];
    const last = this[offset + 1];
    if (first === undefined || last === undefined) outOfBounds(this, offset, 2);
    return ((first * 0x100 + last) << 16) >> 16;
  };

  const unsigned = {
    UIntLE: writeUIntLE,
    UInt32LE: writeUInt32LE,
    UInt16LE: writeUInt16LE,
    UInt8: writeUInt8,
    UIntBE: writeUIntBE,
    UInt32BE: writeUInt32BE,
    UInt16BE: writeUInt16BE,
  };
  for (const [name, method] of Object.entries(unsigned)) proto[`write${name}`] = method;
  for (const [name, method] of Object.entries(unsigned)) proto[`write${name.replace('UInt', 'Uint')}`] = method;
  Object.assign(proto, {
    writeIntLE, writeInt32LE, writeInt16LE, writeInt8, writeIntBE, writeInt32BE, writeInt16BE,
  });
}

module.exports = { addIntegerMethods, outOfBounds };

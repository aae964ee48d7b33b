'use strict';

// The class behind Buffers, and where their bytes come from: small ones are cut from a shared pool
// (https://nodejs.org/api/buffer.html#static-method-bufferallocunsafesize).

class FastBuffer extends Uint8Array {
  // Spelled out, which is faster than passing on any number of arguments.
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

// Node's pools have this much beyond `Buffer.poolSize`.
const POOL_EXTRA = 64;

/** Where `poolSize` is looked up: Buffer, once it is there. */
const settings = { owner: { poolSize: 64 * 1024 } };

let pool;
let poolEnd = 0;
let poolOffset = 0;

function createPool() {
  poolEnd = settings.owner.poolSize;
  pool = new ArrayBuffer(poolEnd + POOL_EXTRA);
  require('internal/clone_marks').markUntransferable(pool);
  poolOffset = 0;
}

/** Moves on to a place that is good for numbers of any size. */
function align() {
  poolOffset = (poolOffset + 7) & ~7;
}

/** Whether `size` bytes come from the pool. */
function isPooled(size) {
  return size < settings.owner.poolSize >>> 1;
}

/** A Buffer with memory of its own. */
function allocateOwn(size) {
  try {
    return new FastBuffer(size);
  } catch {
    throw plainError(RangeError, 'ERR_MEMORY_ALLOCATION_FAILED', 'Failed to allocate memory', allocateOwn);
  }
}

/** A Buffer with arbitrary contents. */
function allocate(size) {
  if (size <= 0) return new FastBuffer();
  if (!isPooled(size)) return allocateOwn(size);
  if (size > poolEnd - poolOffset) createPool();
  const buffer = new FastBuffer(pool, poolOffset, size);
  poolOffset += size;
  align();
  return buffer;
}

/**
 * A Buffer whose size is known only after it was written: calls `write` with a Buffer of `room` bytes at least, and
 * keeps as many as that returns. `room` must be less than what is pooled.
 */
function allocateWritten(room, write) {
  if (room > poolEnd - poolOffset) createPool();
  const whole = poolView();
  const written = write(whole, poolOffset, room);
  const buffer = new FastBuffer(pool, poolOffset, written);
  poolOffset += written;
  align();
  return buffer;
}

let viewed;
let view;

function poolView() {
  if (viewed !== pool) {
    viewed = pool;
    view = new FastBuffer(pool);
  }
  return view;
}

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
).get;

/** Whether a value is a Uint8Array, of another realm too. */
function isUint8Array(value) {
  return value instanceof Uint8Array || Reflect.apply(typedArrayTag, value, []) === 'Uint8Array';
}

/** Whether a value is an ArrayBuffer or a SharedArrayBuffer, of another realm too. */
function isAnyArrayBuffer(value) {
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return true;
  if (typeof value !== 'object' || value === null) return false;
  const tag = Object.prototype.toString.call(value);
  return tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]';
}

/** An error as the engine itself would throw it: with a code, but a plain stack. */
function plainError(Base, code, message, caller) {
  const error = new Base(message);
  Error.captureStackTrace(error, caller);
  error.code = code;
  return error;
}

module.exports = {
  FastBuffer, allocate, allocateOwn, allocateWritten, isAnyArrayBuffer, isPooled, isUint8Array, plainError, settings, typedArrayTag,
};

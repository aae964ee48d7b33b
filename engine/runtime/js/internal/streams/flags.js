'use strict';

// The state of a stream: mostly yes-or-no facts, kept as bits of one number. In JavaScript they read as properties
// (`stream._readableState.ended`), which a lot of published code does.

/** The number with the bits. */
const kState = Symbol('kState');

// ---- facts that both directions have ----

const kObjectMode = 1 << 0;
const kErrorEmitted = 1 << 1;
const kAutoDestroy = 1 << 2;
const kEmitClose = 1 << 3;
const kDestroyed = 1 << 4;
const kClosed = 1 << 5;
const kCloseEmitted = 1 << 6;
const kErrored = 1 << 7;
const kConstructed = 1 << 8;

/** Keys of rarely set values whose presence is a bit. */
const kErroredValue = Symbol('kErroredValue');
const kDefaultEncodingValue = Symbol('kDefaultEncodingValue');

/** An accessor for one bit. */
function bit(mask) {
  return {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kState] & mask) !== 0;
    },
    set(value) {
      if (value) this[kState] |= mask;
      else this[kState] &= ~mask;
    },
  };
}

/** An accessor for a fact that may also be unknown: `otherwise` until it is set. */
function optionalBit(hasMask, mask, otherwise) {
  return {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kState] & hasMask) === 0 ? otherwise : (this[kState] & mask) !== 0;
    },
    set(value) {
      this[kState] &= ~(hasMask | mask);
      if (value === null || value === undefined) {
        if (otherwise === false) this[kState] |= hasMask;
        return;
      }
      this[kState] |= value ? hasMask | mask : hasMask;
    },
  };
}

/** An accessor for a value that is rarely there. */
function optionalValue(mask, key, otherwise) {
  return {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kState] & mask) === 0 ? otherwise : this[key];
    },
    set(value) {
      if (value) {
        this[key] = value;
        this[kState] |= mask;
      } else {
        this[kState] &= ~mask;
      }
    },
  };
}

/** The accessor of `defaultEncoding`, whose bit says that it is the usual one. */
function defaultEncoding(mask) {
  return {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kState] & mask) === 0 ? this[kDefaultEncodingValue] : 'utf8';
    },
    set(value) {
      if (value === 'utf8' || value === 'utf-8') {
        this[kState] |= mask;
      } else {
        this[kState] &= ~mask;
        this[kDefaultEncodingValue] = value;
      }
    },
  };
}

/** Options of a stream that both states read. */
function readOptions(options) {
  let bits = kConstructed | kAutoDestroy | kEmitClose;
  if (options && options.emitClose === false) bits &= ~kEmitClose;
  if (options && options.autoDestroy === false) bits &= ~kAutoDestroy;
  return bits;
}

module.exports = {
  bit, defaultEncoding, optionalBit, optionalValue, readOptions,
  kState, kObjectMode, kErrorEmitted, kAutoDestroy, kEmitClose, kDestroyed, kClosed, kCloseEmitted, kErrored,
  kConstructed, kErroredValue,
};

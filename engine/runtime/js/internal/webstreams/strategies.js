'use strict';

// CountQueuingStrategy and ByteLengthQueuingStrategy (https://streams.spec.whatwg.org/#qs-api).

const { codes } = require('internal/errors');
const { finish } = require('internal/webstreams/util');
const { validateObject } = require('internal/validators');

const byteLengthSize = Object.defineProperty((chunk) => chunk.byteLength, 'name', { value: 'size' });
const countSize = Object.defineProperty(() => 1, 'name', { value: 'size' });

function toMark(init) {
  validateObject(init, 'init');
  if (init.highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return +init.highWaterMark;
}

class ByteLengthQueuingStrategy {
  #mark;

  constructor(init) {
    this.#mark = toMark(init);
  }

  get highWaterMark() {
    if (!(#mark in this)) throw new codes.ERR_INVALID_THIS('ByteLengthQueuingStrategy');
    return this.#mark;
  }

  get size() {
    if (!(#mark in this)) throw new codes.ERR_INVALID_THIS('ByteLengthQueuingStrategy');
    return byteLengthSize;
  }
}

class CountQueuingStrategy {
  #mark;

  constructor(init) {
    this.#mark = toMark(init);
  }

  get highWaterMark() {
    if (!(#mark in this)) throw new codes.ERR_INVALID_THIS('CountQueuingStrategy');
    return this.#mark;
  }

  get size() {
    if (!(#mark in this)) throw new codes.ERR_INVALID_THIS('CountQueuingStrategy');
    return countSize;
  }
}

for (const Class of [ByteLengthQueuingStrategy, CountQueuingStrategy]) {
  finish(Class, ['highWaterMark', 'size'], (strategy) => ({ highWaterMark: strategy.highWaterMark }));
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };

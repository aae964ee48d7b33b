'use strict';

// Tests in an order that a seed decides (`--test-randomize`): of those that wait, one after the other is drawn.

/** Numbers from 0 to 1 (mulberry32, a generator in the public domain). */
function numbers(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LARGEST_SEED = 2 ** 32 - 1;

/** The seed of a run: what was asked for, or any. */
function seedOf(randomize, seed, name) {
  if (seed === undefined || seed === null) return randomize ? require('crypto').randomInt(LARGEST_SEED) : undefined;
  require('internal/validators').validateInteger(seed, name, 0, LARGEST_SEED);
  return seed;
}

module.exports = { numbers, seedOf };

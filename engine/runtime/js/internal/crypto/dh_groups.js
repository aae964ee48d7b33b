'use strict';

// The groups for Diffie-Hellman of RFC 2409 and RFC 3526. Their primes are
// 2^n - 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * pi) + k), with these n and k.

const { Buffer } = require('buffer');

const groups = {
  __proto__: null,
  modp1: [768n, 149686n],
  modp2: [1024n, 129093n],
  modp5: [1536n, 741804n],
  modp14: [2048n, 124476n],
  modp15: [3072n, 1690314n],
  modp16: [4096n, 240904n],
  modp17: [6144n, 929484n],
  modp18: [8192n, 4743158n],
};

/** The inverse tangent of 1 / `x` with so many bits behind the point. */
function inverseTangent(x, bits) {
  let power = (1n << bits) / x;
  let sum = power;
  const square = x * x;
  for (let divisor = 3n, sign = -1n; power !== 0n; divisor += 2n, sign = -sign) {
    power /= square;
    sum += (sign * power) / divisor;
  }
  return sum;
}

/** floor(2^bits * pi), by Machin's formula. */
function scaledPi(bits) {
  const extra = bits + 64n;
  return (4n * (4n * inverseTangent(5n, extra) - inverseTangent(239n, extra))) >> 64n;
}

const primes = new Map();

/** The digits of a group's prime, undefined for an unknown group. */
function groupPrime(name) {
  const lower = name.toLowerCase();
  const parameters = groups[lower];
  if (parameters === undefined) return undefined;
  let digits = primes.get(lower);
  if (digits === undefined) {
    const [n, k] = parameters;
    const prime = (1n << n) - (1n << (n - 64n)) - 1n + ((scaledPi(n - 130n) + k) << 64n);
    digits = Buffer.from(prime.toString(16), 'hex');
    primes.set(lower, digits);
  }
  return digits;
}

module.exports = { groupPrime };

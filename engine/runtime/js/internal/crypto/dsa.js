'use strict';

// DSA (FIPS 186-4), for the keys that are still around. Numbers are BigInts; the powers are the native side's.

const { Buffer } = require('buffer');
const { digitsToBigInt, padded } = require('internal/crypto/key/data');

const toDigits = (number) => {
  const text = number.toString(16);
  return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex');
};

const power = (base, exponent, modulus) => ops.crypto_power(base, exponent, modulus, undefined);

/** The front part of a digest that is longer than the order of the group. */
function shortened(digest, q) {
  return digitsToBigInt(Buffer.from(digest).subarray(0, q.length));
}

/** A random number from 1 to q - 1. */
function randomBelow(q) {
  const limit = digitsToBigInt(q);
  const bytes = Buffer.alloc(q.length + 8);
  ops.crypto_random_fill(bytes);
  return (digitsToBigInt(bytes) % (limit - 1n)) + 1n;
}

/** The inverse modulo a prime. */
function inverse(number, q) {
  return digitsToBigInt(power(toDigits(number), toDigits(digitsToBigInt(q) - 2n), q));
}

/** The two numbers of a signature, one after the other. */
function signDsa({ parts: [p, q, g, , x] }, digest) {
  const order = digitsToBigInt(q);
  const z = shortened(digest, q);
  for (;;) {
    const k = randomBelow(q);
    const r = digitsToBigInt(power(g, toDigits(k), p)) % order;
    const s = (inverse(k, q) * (z + digitsToBigInt(x) * r)) % order;
    if (r !== 0n && s !== 0n) return Buffer.concat([padded(toDigits(r), q.length), padded(toDigits(s), q.length)]);
  }
}

function verifyDsa({ parts: [p, q, g, y] }, digest, signature) {
  const order = digitsToBigInt(q);
  const r = digitsToBigInt(signature.subarray(0, q.length));
  const s = digitsToBigInt(signature.subarray(q.length));
  if (r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const w = inverse(s, q);
  const first = digitsToBigInt(power(g, toDigits((shortened(digest, q) * w) % order), p));
  const second = digitsToBigInt(power(y, toDigits((r * w) % order), p));
  return ((first * second) % digitsToBigInt(p)) % order === r;
}

/** Every prime modulus is one more than a multiple of the order and of 2. */
const stepOf = (q) => toDigits(2n * digitsToBigInt(q));

/** The parts of a key in the group of these two primes. */
function keyIn(p, q) {
  const cofactor = toDigits((digitsToBigInt(p) - 1n) / digitsToBigInt(q));
  let g;
  for (let base = 2n; g === undefined || digitsToBigInt(g) === 1n; base++) g = power(toDigits(base), cofactor, p);
  const x = toDigits(randomBelow(q));
  return [p, q, g, power(g, x, p), x];
}

const ONE = Buffer.from([1]);

function generateSync({ modulusLength, divisorLength }) {
  const q = ops.crypto_prime_generate(divisorLength, false, undefined, undefined, undefined);
  return keyIn(ops.crypto_prime_generate(modulusLength, false, stepOf(q), ONE, undefined), q);
}

/** The same on the pool. */
function generate({ modulusLength, divisorLength }, callback) {
  ops.crypto_prime_generate(divisorLength, false, undefined, undefined, (error, q) => {
    if (error) {
      callback(error);
      return;
    }
    ops.crypto_prime_generate(modulusLength, false, stepOf(q), ONE, (failed, p) => {
      if (failed) callback(failed);
      else callback(null, keyIn(p, q));
    });
  });
}

module.exports = { generate, generateSync, signDsa, verifyDsa };

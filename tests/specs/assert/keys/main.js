'use strict';

// Keys are equal when they hold the same; helpers of streams are methods, not constructors.

const { isDeepStrictEqual } = require('util');
const { createPublicKey, createSecretKey, generateKeyPairSync } = require('crypto');
const { Readable } = require('stream');

const secret = (text) => createSecretKey(Buffer.from(text));
const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
console.log(isDeepStrictEqual(secret('a'), secret('a')), isDeepStrictEqual(secret('a'), secret('b')));
console.log(isDeepStrictEqual(pairs[0].publicKey, pairs[1].publicKey));
console.log(isDeepStrictEqual(pairs[0].publicKey, createPublicKey(pairs[0].privateKey)));
console.log(isDeepStrictEqual({ key: secret('a') }, { key: {} }));

(async () => {
  const key = (text, extractable = true, usages = ['sign']) =>
    crypto.subtle.importKey('raw', Buffer.from(text), { name: 'HMAC', hash: 'SHA-256' }, extractable, usages);
  const first = await key('aaaaaaaa');
  for (const other of [await key('aaaaaaaa'), await key('aaaaaaab'), await key('aaaaaaaa', false), await key('aaaaaaaa', true, ['verify'])]) {
    console.log(isDeepStrictEqual(first, other));
  }
  for (const name of ['drop', 'map', 'toArray', 'reduce']) {
    const { enumerable, value } = Object.getOwnPropertyDescriptor(Readable.prototype, name);
    try {
      new value(1);
    } catch (error) {
      console.log(name, value.name, value.length, enumerable, error.name);
    }
  }
})();

'use strict';

// What `crypto` says about itself.

const { codes } = require('internal/errors');

/** Whether only what FIPS 140 allows is wanted. There is no provider of it: the wish is kept, as Node.js keeps it. */
let fips = 0;

function getFips() {
  return fips;
}

function setFips(value) {
  fips = value ? 1 : 0;
}

/** There are no engines, as in a Node.js whose OpenSSL was built without them. */
function setEngine(id, flags) {
  const { validateString, validateNumber } = require('internal/validators');
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  throw new codes.ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
}

/** Of the heap for secrets; keys of this runtime lie elsewhere. */
function secureHeapUsed() {
  const { valueOf } = require('internal/options');
  const total = Number(valueOf('--secure-heap') ?? 0);
  return { total, used: 0, utilization: 0 / total, min: Number(valueOf('--secure-heap-min') ?? 2) };
}

module.exports = { getFips, secureHeapUsed, setEngine, setFips };

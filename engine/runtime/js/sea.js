'use strict';

// `node:sea` (https://nodejs.org/api/single-executable-applications.html). This program runs scripts from files and is
// never a single executable application itself, so there are no assets.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

function isSea() {
  return false;
}

function noAsset() {
  return new codes.ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION();
}

function getAsset(key, encoding) {
  validateString(key, 'key');
  if (encoding !== undefined) validateString(encoding, 'encoding');
  throw noAsset();
}

function getRawAsset(key) {
  validateString(key, 'key');
  throw noAsset();
}

function getAssetAsBlob(key, _options) {
  validateString(key, 'key');
  throw noAsset();
}

function getAssetKeys() {
  throw noAsset();
}

module.exports = { isSea, getAsset, getRawAsset, getAssetAsBlob, getAssetKeys };

'use strict';

// `fs.openAsBlob` (https://nodejs.org/api/fs.html#fsopenasblobpath-options). The Blob holds what was in the file when
// it was opened.

const { validateObject, validateString } = require('internal/validators');
const { toPath } = require('internal/fs/arguments');
const { promised } = require('internal/fs/callbacks');

function toType(options) {
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  return type;
}

function makeBlob(bytes, type) {
  const { Blob } = require('internal/blob');
  return new Blob([bytes], { type });
}

/** Opens a file as a Blob. */
async function openAsBlob(path, options) {
  const type = toType(options);
  path = toPath(path);
  return makeBlob(await promised((done) => ops.fs_read_file(path, 0, false, done)), type);
}

function openAsBlobSync(path, options) {
  const type = toType(options);
  path = toPath(path);
  return makeBlob(ops.fs_read_file(path, 0, false, undefined), type);
}

module.exports = { openAsBlob, openAsBlobSync };

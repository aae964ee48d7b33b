'use strict';

// `fs.openAsBlob` (https://nodejs.org/api/fs.html#fsopenasblobpath-options).

const { validateObject, validateString } = require('internal/validators');
const { toPath } = require('internal/fs/arguments');

function toType(options) {
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  return type;
}

/** Opens a file as a Blob. */
async function openAsBlob(path, options) {
  const type = toType(options);
  path = toPath(path);
  const { size, mtimeMs } = await require('internal/fs/promises').exports.stat(path);
  return require('internal/blob').blobOfFile({ path, size, mtimeMs }, type);
}

function openAsBlobSync(path, options) {
  const type = toType(options);
  path = toPath(path);
  const { size, mtimeMs } = require('fs').statSync(path);
  return require('internal/blob').blobOfFile({ path, size, mtimeMs }, type);
}

module.exports = { openAsBlob, openAsBlobSync };

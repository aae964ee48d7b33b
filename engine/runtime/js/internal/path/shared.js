'use strict';

// What paths of both systems have in common (https://nodejs.org/api/path.html).

const { validateObject } = require('internal/validators');

/** What Node throws when a path is no string. Paths are checked so often that the check itself is no call. */
function invalidPath(value, name) {
  const { codes } = require('internal/errors');
  return new codes.ERR_INVALID_ARG_TYPE(name, 'string', value);
}

/** Index in the last part of a path at which its extension begins; its length when it has none. */
function extensionStart(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? base.length : dot;
}

/**
 * `path.basename` with a suffix: the part from `start` to `end` without it, unless nothing would be left.
 * Like Node, a suffix that reaches beyond the part keeps the separators behind the part.
 */
function baseWithoutSuffix(path, start, end, suffix) {
  const base = path.slice(start, end);
  if (suffix.length === 0 || suffix.length > path.length || suffix === base) return base;
  if (base.endsWith(suffix)) return base.slice(0, base.length - suffix.length);
  return suffix.endsWith(base) ? path.slice(start) : base;
}

/** `path.format` with the separator bound to its first parameter, as Node binds it. */
function _format(separator, pathObject) {
  validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const { ext } = pathObject;
  const extension = ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : '';
  const base = pathObject.base || `${pathObject.name || ''}${extension}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

/** `path.matchesGlob`. */
function matchesGlob(path, pattern, windows) {
  if (typeof path !== 'string') throw invalidPath(path, 'path');
  if (typeof pattern !== 'string') throw invalidPath(pattern, 'pattern');
  const { GlobPattern } = require('internal/glob/pattern');
  return new GlobPattern(pattern, { windows, ignoreCase: process.platform === 'win32' || process.platform === 'darwin' })
    .matches(path);
}

module.exports = { _format, baseWithoutSuffix, extensionStart, invalidPath, matchesGlob };

'use strict';

// `module.findPackageJSON` (https://nodejs.org/api/module.html#modulefindpackagejsonspecifier-base).

const fs = require('fs');
const path = require('path');
const { esmError } = require('internal/modules/resolve');

const isThere = (file) => fs.existsSync(file);

/** The folder of a package in `node_modules`, looked for from `base` upwards. */
function findBare(specifier, base) {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  for (let folder = path.dirname(base); ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name, 'package.json');
    if (isThere(found)) return found;
    if (folder === path.dirname(folder)) break;
  }
  throw esmError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${base}`);
}

/** A path or URL as a URL's text. */
function toUrl(value) {
  const { URL } = require('url');
  if (value instanceof URL) return value.href;
  return typeof value === 'string' && path.isAbsolute(value) ? ops.url_from_path(value) : `${value}`;
}

function findPackageJSON(specifier, base) {
  const { URL, fileURLToPath } = require('url');
  if (base === undefined) {
    if (/^(?:\.{1,2}(?:\/|$)|\/)/.test(`${specifier}`)) {
      throw esmError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST', `Failed to resolve module specifier "${specifier}" from "data:": ` +
        'Invalid relative URL or base scheme is not hierarchical.');
    }
    return closest(fileURLToPath(new URL(toUrl(specifier)).href), undefined);
  }
  const baseFile = fileURLToPath(new URL(toUrl(base)).href);
  const isPath = typeof specifier !== 'string' || /^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(specifier);
  if (!isPath) return findBare(specifier, baseFile);
  const url = new URL(/^\.{1,2}(?:\/|$)/.test(`${specifier}`) ? specifier : toUrl(specifier), ops.url_from_path(baseFile));
  return closest(fileURLToPath(url.href), baseFile);
}

function closest(file, base) {
  const isFolder = file.endsWith('/') || (isThere(file) && fs.statSync(file).isDirectory());
  if (!isFolder && !isThere(file)) {
    throw esmError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${file}' imported from ${base ?? 'data:'}`);
  }
  return ops.module_find_package(isFolder ? path.join(file, 'any') : file) ?? undefined;
}

module.exports = { findPackageJSON };

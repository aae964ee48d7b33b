'use strict';

// `require` with hooks (see internal/modules/hooks.js): what they found, and what they loaded.

const { codes } = require('internal/errors');
const { builtinId } = require('internal/modules/builtin');
const hooks = require('internal/modules/hooks');

/** What hooks said of modules: module → { url, format }. */
const notes = new WeakMap();

const note = (module, found) => notes.set(module, found);

/** What is no file is known by its URL. */
const urlOf = (filename) => (filename?.startsWith('/') ? ops.url_from_path(filename) : filename ?? undefined);

/** What `request` leads to: { id, name } of a built-in module, or { url, filename, format }. */
function find(request, parent, isMain) {
  const { Module } = require('internal/modules/cjs');
  const own = (specifier) => {
    const id = builtinId(specifier);
    if (id === undefined && specifier.startsWith('node:')) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
    const name = specifier.startsWith('file:') ? ops.url_to_path(specifier) : specifier;
    const url = id === undefined ? ops.url_from_path(Module._resolveFilename(name, parent, isMain)) : `node:${id}`;
    return { __proto__: null, url, format: undefined, importAttributes: undefined };
  };
  const context = {
    parentURL: urlOf(parent?.filename),
    importAttributes: undefined,
    conditions: hooks.conditionsOf('require'),
  };
  const { url, format } = hooks.resolve(request, context, own);
  const id = url.startsWith('node:') ? builtinId(url) : undefined;
  if (id !== undefined && (!hooks.has('load') || isBuiltin(url))) return { id, name: request };
  const filename = url.startsWith('file:') ? ops.url_to_path(url) ?? url : url;
  return { url, filename, format };
}

/** Whether load hooks leave a built-in module what it is. */
function isBuiltin(url) {
  const { format } = hooks.load(url, loadContext('builtin'), (_url, { format: kind }) => ({ source: null, format: kind }));
  return format === 'builtin';
}

function loadContext(format) {
  return { format, importAttributes: undefined, conditions: hooks.conditionsOf('require') };
}

/** Loads a module by the hooks; false when its file is to be loaded as ever. */
function load(module, filename) {
  const { url = urlOf(filename), format: known } = notes.get(module) ?? {};
  const readFile = (about, { format }) => {
    if (about.startsWith('node:')) return { source: null, format: 'builtin' };
    return { source: ops.module_read(ops.url_to_path(about)), format };
  };
  const isFile = url.startsWith('file:');
  const { packageFormat } = require('internal/modules/cjs');
  const usual = known ?? (isFile ? formatOf(filename, packageFormat) : undefined);
  const { source, format } = hooks.load(url, loadContext(usual), readFile);
  const text = hooks.textOf(source);
  if (format === 'builtin') {
    module.exports = require(builtinId(url));
    return true;
  }
  if (text === undefined || text === null) {
    throw hooks.returnError('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
  }
  if (format === 'json') module.exports = JSON.parse(text);
  else if (/^(?:commonjs|module)-typescript$/.test(format)) return false;
  else module._compile(text, filename, format ?? (isFile ? packageFormat(filename) : undefined));
  return true;
}

function formatOf(filename, packageFormat) {
  if (filename.endsWith('.json')) return 'json';
  if (/\.[mc]?ts$/.test(filename)) return `${require('internal/modules/typescript').format(filename)}-typescript`;
  return packageFormat(filename);
}

module.exports = { find, load, note };

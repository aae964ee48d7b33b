'use strict';

// Modules in the place of others (https://nodejs.org/api/test.html#mockmodulespecifier-options).

const { codes } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { mocks } = require('internal/modules/mocks');

class MockModuleContext {
  #url;
  #mock;

  constructor(url, mock) {
    this.#url = url;
    this.#mock = mock;
    mocks.set(url, mock);
  }

  /** Puts the module back. */
  restore() {
    if (mocks.get(this.#url) === this.#mock) mocks.delete(this.#url);
  }
}

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

let isDeprecationTold = false;

function warnDeprecated(name, instead) {
  process.emitWarning(`mock.module(): options.${name} is deprecated. Use options.${instead} instead.`, 'DeprecationWarning');
}

/** The exports that options ask for; `default` is one of them. */
function exportsIn(options) {
  const { defaultExport, exports, namedExports } = options;
  if (exports !== undefined) validateObject(exports, 'options.exports');
  if (namedExports !== undefined) validateObject(namedExports, 'options.namedExports');
  for (const name of ['namedExports', 'defaultExport']) {
    if (exports !== undefined && Object.hasOwn(options, name)) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.exports', exports, `cannot be used with 'options.${name}'`);
    }
  }
  if (!isDeprecationTold && (namedExports !== undefined || Object.hasOwn(options, 'defaultExport'))) {
    isDeprecationTold = true;
    if (namedExports !== undefined) warnDeprecated('namedExports', 'exports');
    if (Object.hasOwn(options, 'defaultExport')) warnDeprecated('defaultExport', 'exports.default');
  }
  const found = { ...exports, ...namedExports };
  if (Object.hasOwn(options, 'defaultExport')) found.default = defaultExport;
  return found;
}

/** What `require` gives: the default with the others on it. */
function forRequire(values) {
  const { default: given, ...named } = values;
  const hasDefault = Object.hasOwn(values, 'default');
  if (Object.keys(named).length === 0) return hasDefault ? given : {};
  if (hasDefault && !isObject(given)) {
    throw new Error('Cannot create mock because named exports cannot be applied to the provided default export.');
  }
  const target = hasDefault ? given : {};
  for (const name of Object.keys(named)) {
    Object.defineProperty(target, name, Object.getOwnPropertyDescriptor(values, name));
  }
  return target;
}

/** The URL of the module that `specifier` means in the file of the caller. */
function urlOf(specifier, file) {
  const esm = require('internal/modules/esm');
  const referrer = ops.url_from_path(file ?? `${process.cwd()}/[eval]`);
  try {
    return esm.describe(specifier, referrer);
  } catch (error) {
    // `require` finds more than `import` does.
    try {
      const { Module } = require('internal/modules/cjs');
      const url = ops.url_from_path(Module.createRequire(file ?? `${process.cwd()}/[eval]`).resolve(specifier));
      return esm.describe(url, referrer);
    } catch {
      throw error;
    }
  }
}

/** `mock.module(specifier[, options])`; `file` is the caller's. */
function mockModule(specifier, options = {}, file = undefined) {
  const { URL } = require('url');
  if (typeof specifier !== 'string' && !(specifier instanceof URL)) {
    throw new codes.ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  }
  validateObject(options, 'options');
  require('internal/process_warning').warnExperimental('Module mocking');
  const { cache = false } = options;
  validateBoolean(cache, 'options.cache');
  const values = exportsIn(options);
  const { url, format } = urlOf(`${specifier}`, file);
  if (mocks.has(url)) throw new codes.ERR_INVALID_STATE(`Cannot mock '${specifier}'. The module is already mocked.`);
  const isCommonJs = format === 'commonjs' || format === 'commonjs-typescript';
  let required;
  const make = () => {
    if (required === undefined || !cache) required = { value: forRequire(values) };
    return required.value;
  };
  const names = isCommonJs ? ['default', 'module.exports', ...Object.keys(values).filter((name) => name !== 'default')] : Object.keys(values);
  return new MockModuleContext(url, {
    isKept: cache,
    forRequire: make,
    names,
    valueOf: (name) => (isCommonJs && (name === 'default' || name === 'module.exports') ? make() : values[name]),
  });
}

module.exports = { mockModule };

'use strict';

// Options of `vm`, checked.

const { codes } = require('internal/errors');
const {
  validateBoolean, validateInt32, validateObject, validateString, validateUint32, validateOneOf,
} = require('internal/validators');

const DONT_CONTEXTIFY = Symbol('vm_context_no_contextify');

/** A file name may stand in place of the options. */
function named(options, name = 'options') {
  if (typeof options === 'string') return { filename: options };
  validateObject(options, name);
  return options;
}

function validateCachedData(cachedData) {
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
}

/** Where the code comes from, and compiled code that may be used. */
function validatePlace({ filename, lineOffset, columnOffset, cachedData, produceCachedData }) {
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  validateCachedData(cachedData);
  validateBoolean(produceCachedData, 'options.produceCachedData');
}

/** How a script is run. */
function toRun(options) {
  validateObject(options, 'options');
  const { timeout } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  const { displayErrors = true, breakOnSigint = false } = options;
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { timeout: timeout ?? 0, displayErrors, breakOnSigint };
}

/** What a new context is to be like; names are those of `createContext`, or those of `runInNewContext` with `prefixed`. */
function toContext(options, prefixed) {
  const own = prefixed ?
    {
      name: ['contextName', options.contextName],
      origin: ['contextOrigin', options.contextOrigin],
      code: ['contextCodeGeneration', options.contextCodeGeneration],
    } :
    {
      name: ['name', options.name],
      origin: ['origin', options.origin],
      code: ['codeGeneration', options.codeGeneration],
    };
  const [, name] = own.name;
  if (name !== undefined) validateString(name, `options.${own.name[0]}`);
  if (own.origin[1] !== undefined) validateString(own.origin[1], `options.${own.origin[0]}`);
  let strings = true;
  let wasm = true;
  const [codeName, code] = own.code;
  if (code !== undefined) {
    validateObject(code, `options.${codeName}`);
    ({ strings = true, wasm = true } = code);
    validateBoolean(strings, `options.${codeName}.strings`);
    validateBoolean(wasm, `options.${codeName}.wasm`);
  }
  const { microtaskMode } = options;
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  return { strings, wasm, ownQueue: microtaskMode === 'afterEvaluate' };
}

function isContext(object) {
  validateObject(object, 'object', { allowArray: true, allowFunction: true });
  return ops.vm_is_context(object);
}

function validateContext(object) {
  if (!isContext(object)) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', object);
}

module.exports = {
  DONT_CONTEXTIFY, isContext, named, toContext, toRun, validateCachedData, validateContext, validatePlace,
};

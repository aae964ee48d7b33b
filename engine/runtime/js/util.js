'use strict';

// `util` (https://nodejs.org/api/util.html). The larger functions are loaded when they are first called.

const { TextDecoder, TextEncoder } = require('internal/encoding');
const { format, formatWithOptions } = require('internal/util/format');
const { inspect } = require('internal/util/inspect');
const { callbackify, promisify } = require('internal/util/promisify');
const { deprecate } = require('internal/util/deprecate');
const { debuglog } = require('internal/util/debuglog');
const { MIMEParams, MIMEType } = require('internal/util/mime');

const EXTEND_DEPRECATED = 'The `util._extend` API is deprecated. Please use Object.assign() instead.';
const IS_ARRAY_DEPRECATED = 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.';

/** The error, as one of the caller's. */
function asCallersOwn(error, caller) {
  Error.captureStackTrace(error, caller);
  return error;
}

function _errnoException(...args) {
  const error = require('internal/util/system_errors').errnoException(...args);
  return asCallersOwn(error, _errnoException);
}

function _exceptionWithHostPort(...args) {
  const error = require('internal/util/system_errors').exceptionWithHostPort(...args);
  return asCallersOwn(error, _exceptionWithHostPort);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

/** The exit code of a program that the signal ended. */
function convertProcessSignalToExitCode(signalCode) {
  const { signals } = require('os').constants;
  require('internal/validators').validateOneOf(signalCode, 'signalCode', Object.keys(signals));
  return 128 + signals[signalCode];
}

function getCallSites() {
  return require('internal/util/call_sites').getCallSites(...arguments);
}

function getSystemErrorMap() {
  return require('internal/util/system_errors').getSystemErrorMap();
}

function getSystemErrorName(err) {
  return require('internal/util/system_errors').getSystemErrorName(err);
}

function getSystemErrorMessage(err) {
  return require('internal/util/system_errors').getSystemErrorMessage(err);
}

/** Makes a constructor inherit from another one, in the way of before classes. */
function inherits(ctor, superCtor) {
  const { codes } = require('internal/errors');
  if (ctor === undefined || ctor === null) throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', {
    __proto__: null,
    value: superCtor,
    writable: true,
    configurable: true,
  });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

/** A rejection of the promise is no longer reported when nobody handles it. */
function markPromiseAsHandled(promise) {
  if (!require('internal/util/types').isPromise(promise)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('promise', 'Promise', promise);
  }
  ops.util_mark_handled(promise);
}

/** The text without escape sequences. */
function stripVTControlCharacters(str) {
  require('internal/validators').validateString(str, 'str');
  return require('internal/util/inspect/options').stripControl(str);
}

function styleText(textFormat, text, options) {
  return require('internal/util/style_text').styleText(textFormat, text, options);
}

function parseEnv(content) {
  return require('internal/util/parse_env').parseEnv(content);
}

const parseArgs = (...args) => require('internal/util/parse_args/index').parseArgs(...args);

function diff(actual, expected) {
  return require('internal/util/diff').diff(actual, expected);
}

const { isDeepStrictEqual, toUSVString } = {
  isDeepStrictEqual(a, b, skipPrototype) {
    const { isDeepEqual, kSkipPrototype, kStrict } = require('internal/util/comparisons');
    return isDeepEqual(a, b, skipPrototype ? kSkipPrototype : kStrict);
  },
  toUSVString(input) {
    return `${input}`.toWellFormed();
  },
};

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(_extend, EXTEND_DEPRECATED, 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, IS_ARRAY_DEPRECATED, 'DEP0044'),
  isDeepStrictEqual,
  markPromiseAsHandled,
  promisify,
  setTraceSigInt(enable) {
    require('internal/trace_sigint').setTraceSigInt(enable);
  },
  stripVTControlCharacters,
  toUSVString,
  get transferableAbortSignal() {
    return require('internal/util/aborted').transferableAbortSignal;
  },
  get transferableAbortController() {
    return require('internal/util/aborted').transferableAbortController;
  },
  get aborted() {
    return require('internal/util/aborted').aborted;
  },
  types: require('internal/util/types'),
  parseEnv,
  parseArgs,
  TextDecoder,
  TextEncoder,
  MIMEType,
  MIMEParams,
  diff,
  get debounce() {
    return require('internal/util/debounce').debounce;
  },
  get throttle() {
    return require('internal/util/throttle').throttle;
  },
};

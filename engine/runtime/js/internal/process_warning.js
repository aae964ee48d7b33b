'use strict';

// `process.emitWarning` and how a warning is printed
// (https://nodejs.org/api/process.html#processemitwarningwarning-options).

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

const { valueOf, valuesOf } = require('internal/options');

let hinted = false;
let silenced;

/** Whether `--disable-warning` names the warning's code or type. */
function isSilenced({ code, name }) {
  silenced ??= new Set(valuesOf('--disable-warning'));
  return silenced.size > 0 && (silenced.has(code) || silenced.has(name));
}

/** Writes to the file of `--redirect-warnings`, or to standard error when there is none or it cannot be written. */
function write(text) {
  const file = valueOf('--redirect-warnings') ?? process.env.NODE_REDIRECT_WARNINGS;
  if (file) {
    try {
      require('fs').appendFileSync(file, text);
      return;
    } catch {
      // Then standard error.
    }
  }
  if (require('internal/worker/thread').isMainThread) ops.stdio_write(2, text);
  else process.stderr.write(text);
}

function print(warning) {
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (process.env.NODE_NO_WARNINGS === '1' || isSilenced(warning)) return;
  if (isDeprecation && process.noDeprecation) return;
  const withTrace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let text = `(node:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  if (withTrace && warning.stack) text += `${warning.stack}`;
  else text += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!withTrace && !hinted) {
    hinted = true;
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
  }
  write(`${text}\n`);
}


function makeWarning(warning, name, code, detail, constructor) {
  if (typeof warning === 'string') {
    const limit = Error.stackTraceLimit;
    if (name === 'DeprecationWarning' && process.noDeprecation) Error.stackTraceLimit = 0;
    const made = new Error(warning);
    Error.stackTraceLimit = limit;
    made.name = String(name || 'Warning');
    if (code !== undefined) made.code = code;
    if (detail !== undefined) made.detail = detail;
    Error.captureStackTrace(made, constructor || emitWarning);
    return made;
  }
  if (!ops.util_is_error(warning)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  return warning;
}

/** `process.emitWarning(warning[, options])` and `(warning[, type[, code]][, ctor])`. */
function emitWarning(warning, type, code, constructor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    constructor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    constructor = type;
    code = undefined;
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    constructor = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  const made = makeWarning(warning, type, code, detail, constructor);
  if (made.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      process.nextTick(() => {
        throw made;
      });
      return;
    }
  }
  process.nextTick(() => process.emit('warning', made));
}

const warned = new Set();

/** Warns once that a feature may change. */
function warnExperimental(feature) {
  if (warned.has(feature)) return;
  warned.add(feature);
  emitWarning(`${feature} is an experimental feature and might change at any time`, 'ExperimentalWarning');
}

module.exports = { emitWarning, print, warnExperimental };

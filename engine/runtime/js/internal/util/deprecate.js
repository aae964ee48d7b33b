'use strict';

// `util.deprecate` (https://nodejs.org/api/util.html#utildeprecatefn-msg-code-options).

// A code is warned of once, however many functions have it.
const warnedCodes = new Set();

/** The function, with a warning on the first call. */
function deprecate(fn, message, code, { modifyPrototype = true } = {}) {
  if (code !== undefined) require('internal/validators').validateString(code, 'code');
  let warned = false;

  function deprecated(...args) {
    if (!warned && process.noDeprecation !== true) {
      warned = true;
      if (code === undefined) {
        process.emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warnedCodes.has(code)) {
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
        warnedCodes.add(code);
      }
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }

  if (modifyPrototype) {
    // Statics are inherited, and `instanceof` works.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', {
    ...Object.getOwnPropertyDescriptor(fn, 'length'),
    configurable: true,
  });
  return deprecated;
}

module.exports = { deprecate };

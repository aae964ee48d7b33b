'use strict';

// `util.promisify` and `util.callbackify` (https://nodejs.org/api/util.html#utilpromisifyoriginal).

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const { defineProperties, defineProperty, getOwnPropertyDescriptors, getPrototypeOf, setPrototypeOf } = Object;

/** A function under this symbol takes the place of the promisified one. */
const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
/** Names for the values of callbacks that get several: the promise is fulfilled with an object of these. */
const kCustomPromisifyArgs = Symbol('customPromisifyArgs');

const PROMISE_RETURNED = 'Calling promisify on a function that returns a Promise is likely a mistake.';

function hide(target, value) {
  defineProperty(target, kCustomPromisify, {
    __proto__: null,
    value,
    enumerable: false,
    writable: false,
    configurable: true,
  });
}

/** The same function with a promise in the place of its last argument, a callback. */
function promisify(original) {
  validateFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    hide(custom, custom);
    return custom;
  }
  const names = original[kCustomPromisifyArgs];

  function promised(...args) {
    return new Promise((resolve, reject) => {
      args.push((error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          const result = {};
          names.forEach((name, i) => (result[name] = values[i]));
          resolve(result);
        } else {
          resolve(values[0]);
        }
      });
      const returned = Reflect.apply(original, this, args);
      if (require('internal/util/types').isPromise(returned)) {
        process.emitWarning(PROMISE_RETURNED, 'DeprecationWarning', 'DEP0174');
      }
    });
  }

  setPrototypeOf(promised, getPrototypeOf(original));
  hide(promised, promised);
  return defineProperties(promised, getOwnPropertyDescriptors(original));
}

promisify.custom = kCustomPromisify;

function fail(reason, callback) {
  // The callback must see that there was an error.
  callback(reason ? reason : new codes.ERR_FALSY_VALUE_REJECTION(reason));
}

/** The same function with a callback as its last argument in the place of the promise. */
function callbackify(original) {
  validateFunction(original, 'original');

  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const settle = callback.bind(this);
    // The callback runs outside of the promise: what it throws is an exception.
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(settle, null, value),
      (reason) => process.nextTick(fail, reason, settle),
    );
  }

  const descriptors = getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value += 1;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  return defineProperties(callbackified, descriptors);
}

module.exports = { callbackify, kCustomPromisifyArgs, promisify };

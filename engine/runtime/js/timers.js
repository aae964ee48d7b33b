'use strict';

// The public functions of the module `timers` (https://nodejs.org/api/timers.html), which are globals as well.

const { Timeout, clearTimeout, start } = require('internal/timers');
const { Immediate, clearImmediate } = require('internal/immediates');
const { validateFunction } = require('internal/validators');

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  const timer = new Timeout(callback, after, args.length === 0 ? undefined : args, false, true);
  start(timer);
  return timer;
}

function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  const timer = new Timeout(callback, repeat, args.length === 0 ? undefined : args, true, true);
  start(timer);
  return timer;
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

function clearInterval(timer) {
  clearTimeout(timer);
}

for (const [timerFunction, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(timerFunction, customPromisify, {
    enumerable: true,
    get() {
      return require('timers/promises')[name];
    },
  });
}

module.exports = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };

Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() {
    return require('timers/promises');
  },
});

'use strict';

// Puts the functions of mocked timers where scripts find the real ones, and takes them away again.

const RealDate = Date;

/** A `Date` whose present is what `now` says. */
function dateOf(now) {
  function MockDate(year, month, date, hours, minutes, seconds, ms) {
    if (new.target === undefined) return new RealDate(now()).toString();
    const args = [year, month, date, hours, minutes, seconds, ms].slice(0, arguments.length);
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target);
  }
  const { length, name, ...others } = Object.getOwnPropertyDescriptors(RealDate);
  Object.defineProperties(MockDate, { ...others, length, name });
  const hidden = (value) => ({ __proto__: null, configurable: true, enumerable: false, value, writable: true });
  Object.defineProperty(MockDate, 'now', hidden({ now: () => now() }.now));
  Object.defineProperty(MockDate, 'toString', hidden(function toString() {
    return Function.prototype.toString.call(RealDate);
  }));
  Object.defineProperty(MockDate, 'isMock', {
    __proto__: null, configurable: false, enumerable: true, value: true, writable: false,
  });
  return MockDate;
}

/** Installs `functions` for these APIs; returns what puts back everything. */
function install(apis, functions) {
  const undo = [];
  const replace = (object, name, value) => {
    const before = Object.getOwnPropertyDescriptor(object, name);
    undo.unshift(() => {
      if (before === undefined) delete object[name];
      else Object.defineProperty(object, name, before);
    });
    Object.defineProperty(object, name, {
      __proto__: null, configurable: true, enumerable: before?.enumerable ?? true, value, writable: true,
    });
  };
  const timers = require('timers');
  const promises = require('timers/promises');
  for (const api of apis) {
    switch (api) {
      case 'Date':
        replace(globalThis, 'Date', dateOf(functions.now));
        break;
      case 'scheduler.wait':
        replace(promises.scheduler, 'wait', functions.promises.wait);
        break;
      case 'AbortSignal.timeout':
        replace(AbortSignal, 'timeout', functions.abortAfter);
        break;
      default:
        for (const name of [api, api.replace('set', 'clear')]) {
          replace(globalThis, name, functions[name]);
          replace(timers, name, functions[name]);
        }
        replace(promises, api, functions.promises[api]);
        break;
    }
  }
  return () => undo.forEach((act) => act());
}

module.exports = { install };

'use strict';

// Tests (https://nodejs.org/api/test.html).

const { HOOKS } = require('internal/test_runner/test');
const { create, current } = require('internal/test_runner/harness');

/** A function that makes tests or suites, with its variants `skip`, `todo` and `only`. */
function maker(isSuite, name) {
  const make = { [name](title, options, fn) {
    return create(current(), title, options, fn, isSuite);
  } }[name];
  for (const variant of ['skip', 'todo', 'only']) {
    make[variant] = (title, options, fn) => {
      if (typeof title === 'function') [title, options, fn] = [title.name, {}, title];
      else if (typeof options === 'function') [options, fn] = [{}, options];
      return create(current(), title, { ...options, [variant]: true }, fn, isSuite);
    };
  }
  return make;
}

const test = maker(false, 'test');
const suite = maker(true, 'suite');
module.exports = test;
for (const kind of HOOKS) {
  test[kind] = (fn, options) => current().hook(kind, fn, options);
}
Object.assign(test, { test, it: test, describe: suite, suite });

let tracker;
Object.defineProperty(test, 'mock', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => (tracker ??= new (require('internal/test_runner/mock').MockTracker)()),
});

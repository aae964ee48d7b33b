'use strict';

// Tests (https://nodejs.org/api/test.html).

const { KINDS } = require('internal/test_runner/hooks');
const { create, current, placeOfCaller } = require('internal/test_runner/harness');
const { running } = require('internal/test_runner/running');

/** A function that makes tests or suites, with its variants. */
function maker(isSuite) {
  const make = function test(name, options, fn) {
    return create(current(), [name, options, fn], isSuite);
  };
  for (const variant of ['expectFailure', 'skip', 'todo', 'only']) {
    make[variant] = { [variant]: (...args) => create(current(), args, isSuite, { [variant]: true }) }[variant];
  }
  return make;
}

const test = maker(false);
const suite = maker(true);
module.exports = test;
for (const kind of KINDS) {
  test[kind] = (fn, options) => current().hook(kind, fn, options, placeOfCaller());
}
Object.assign(test, {
  describe: suite,
  getTestContext: () => running.getStore()?.context,
  it: test,
  run: (options) => require('internal/test_runner/runner').run(options),
  suite,
  test,
});

/** A property that is made when it is first asked for. */
function lazy(name, make) {
  let value;
  Object.defineProperty(test, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => (value ??= make()),
  });
}

lazy('mock', () => new (require('internal/test_runner/mock').MockTracker)());
lazy('snapshot', () => {
  const { setDefaultSnapshotSerializers, setResolveSnapshotPath } = require('internal/test_runner/snapshot');
  return { __proto__: null, setDefaultSnapshotSerializers, setResolveSnapshotPath };
});
lazy('assert', () => ({ __proto__: null, register: require('internal/test_runner/context').register }));

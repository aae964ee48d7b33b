'use strict';

// Forms in which the results of tests can be written (https://nodejs.org/api/test.html#test-reporters).

let spec;

/** A lazily loaded property. */
function lazy(name, load) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, get: load });
}

lazy('dot', () => require('internal/test_runner/reporter/dot').dot);
lazy('junit', () => require('internal/test_runner/reporter/junit').junit);
lazy('spec', () => {
  if (spec === undefined) {
    const { SpecReporter } = require('internal/test_runner/reporter/spec');
    // It can be made with and without `new`.
    spec = function spec(...args) {
      return Reflect.construct(SpecReporter, args);
    };
    Object.setPrototypeOf(spec, SpecReporter);
    spec.prototype = SpecReporter.prototype;
  }
  return spec;
});
lazy('tap', () => require('internal/test_runner/reporter/tap').tap);
lazy('lcov', () => {
  const { LcovReporter } = require('internal/test_runner/reporter/lcov');
  return LcovReporter;
});

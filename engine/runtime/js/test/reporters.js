'use strict';

// Forms in which the results of tests can be written (https://nodejs.org/api/test.html#test-reporters).

/** A class as a function that makes its objects with and without `new`. */
function callable(name, Kind) {
  const maker = function(...args) {
    return Reflect.construct(Kind, args);
  };
  Object.defineProperty(maker, 'name', { __proto__: null, configurable: true, value: name });
  Object.setPrototypeOf(maker, Kind);
  maker.prototype = Kind.prototype;
  return maker;
}

let spec;
let lcov;

/** A lazily loaded property. */
function lazy(name, load) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, get: load });
}

lazy('dot', () => require('internal/test_runner/reporter/dot').dot);
lazy('junit', () => require('internal/test_runner/reporter/junit').junit);
lazy('spec', () => {
  spec ??= callable('spec', require('internal/test_runner/reporter/spec').SpecReporter);
  return spec;
});
lazy('tap', () => require('internal/test_runner/reporter/tap').tap);
lazy('lcov', () => {
  lcov ??= callable('lcov', require('internal/test_runner/reporter/lcov').LcovReporter);
  return lcov;
});

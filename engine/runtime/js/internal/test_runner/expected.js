'use strict';

// Whether a failure is the one that was expected (https://nodejs.org/api/test.html#expecting-tests-to-fail).

const { isFailure } = require('internal/test_runner/failure');

/** What is wrong with the error of a test, or nothing. */
function isExpected(error, match) {
  if (match === undefined) return undefined;
  const thrown = isFailure(error) ? error.cause : error;
  try {
    require('assert').throws(() => {
      throw thrown;
    }, match);
    return undefined;
  } catch (mismatch) {
    return mismatch;
  }
}

module.exports = { isExpected };

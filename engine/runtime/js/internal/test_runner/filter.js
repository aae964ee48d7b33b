'use strict';

// Which tests are run: by name, by tag of `only` (https://nodejs.org/api/test.html#filtering-tests-by-name).

/** Whether the pattern fits a name, or the names of all around it and it. */
function matches(pattern, test) {
  // Patterns with the flag `g` remember where they were.
  pattern.lastIndex = 0;
  if (pattern.test(test.name)) return true;
  pattern.lastIndex = 0;
  return pattern.test(pathOf(test));
}

function pathOf(test) {
  const names = [];
  for (let at = test; at.parent !== null; at = at.parent) names.unshift(at.name);
  return names.join(' ');
}

/** Whether the test's own name leaves it in. A test inside one that was asked for is asked for, too. */
function isNamed(test, { namePatterns, skipPatterns }) {
  if (skipPatterns.some((pattern) => matches(pattern, test))) return false;
  if (namePatterns.length === 0) return true;
  for (let at = test; at.parent !== null; at = at.parent) {
    if (namePatterns.some((pattern) => matches(pattern, at))) return true;
  }
  return false;
}

/** Whether the test's tags leave it in; tests that hold others are asked when those are. */
function isTagged(test, { tagFilters = [] }) {
  return tagFilters.every((fits) => fits(test.tags));
}

/** Whether the test or something made in it is marked with `only`. */
function hasOnly(test) {
  return test.only === true || (test.isSuite && test.children.some(hasOnly));
}

/** Whether `only` leaves the test in. */
function isMarked(test, isOnly) {
  const { parent } = test;
  if (!isOnly) return !test.run.findsOnly || !parent.runsOnlyMarked || test.only === true;
  if (test.only === false) return false;
  if (parent.parent === null) return hasOnly(test);
  if (!parent.isSuite) return !parent.runsOnlyMarked || test.only === true;
  return !parent.children.some(hasOnly) || hasOnly(test);
}

/** Whether a test is to be run and reported. A suite is there for what is in it. */
function isWanted(test, options) {
  if (test.bodyError !== null) return true;
  if (!isMarked(test, options.only)) return false;
  if (isNamed(test, options) && isTagged(test, options)) return true;
  return test.isSuite && test.children.some((child) => isWanted(child, options));
}

module.exports = { hasOnly, isWanted };

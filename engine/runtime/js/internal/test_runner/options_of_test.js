'use strict';

// The options of a test (https://nodejs.org/api/test.html#testname-options-fn), checked.

const { codes } = require('internal/errors');
const { validateAbortSignal, validateNumber, validateString, validateUint32 } = require('internal/validators');

const MAX_TIMEOUT = 2 ** 31 - 1;

/** Time a test may take, in milliseconds. */
function timeoutOf(timeout, otherwise) {
  if (timeout === undefined || timeout === null) return otherwise;
  if (timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, MAX_TIMEOUT);
  return timeout;
}

/** How many tests inside may run at once. */
function concurrencyOf(concurrency, parent) {
  if (concurrency === undefined || concurrency === null) return parent?.concurrency ?? 1;
  if (concurrency === true) {
    if (parent === null) return Math.max(require('os').availableParallelism() - 1, 1);
    return Infinity;
  }
  if (concurrency === false) return 1;
  if (typeof concurrency !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
  }
  validateUint32(concurrency, 'options.concurrency', true);
  return concurrency;
}

/** Tags of the test and of what is around it, in lower case. */
function tagsOf(tags, parent) {
  const inherited = parent?.tags ?? [];
  if (tags === undefined) return inherited;
  if (!Array.isArray(tags)) throw new codes.ERR_INVALID_ARG_TYPE('options.tags', 'Array', tags);
  tags.forEach((tag, index) => {
    validateString(tag, `options.tags[${index}]`);
    require('internal/test_runner/tag_filter').checkTag(tag, `options.tags[${index}]`);
  });
  require('internal/process_warning').warnExperimental('Test tags');
  return [...new Set([...inherited, ...tags.map((tag) => tag.toLowerCase())])];
}

/** What `expectFailure` asks for: nothing, or a label and what the error must match. */
function expectedFailureOf(expected) {
  if (expected === undefined || expected === false || expected === null) return undefined;
  if (typeof expected === 'string') return { label: expected, match: undefined };
  if (typeof expected === 'function' || expected instanceof RegExp) return { label: undefined, match: expected };
  if (typeof expected !== 'object') return { label: undefined, match: undefined };
  const keys = Object.keys(expected);
  if (keys.length === 0 && !(expected instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.expectFailure', expected, 'must not be an empty object');
  }
  const isForm = keys.every((key) => key === 'label' || key === 'match');
  if (isForm && keys.length > 0) return { label: expected.label, match: expected.match };
  return { label: undefined, match: expected };
}

/** Everything that can be wrong with `options` is found here. */
function checked(options, parent) {
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  return {
    timeout: timeoutOf(options.timeout, parent?.timeout ?? Infinity),
    concurrency: concurrencyOf(options.concurrency, parent),
    tags: tagsOf(options.tags, parent),
    expected: expectedFailureOf(options.expectFailure),
    signal,
  };
}

module.exports = { checked, timeoutOf };

'use strict';

// How the classes of `perf_hooks` are shown.

/** `Name { … }`, or the value itself where the depth is used up. */
function inspectAs(value, name, shown, depth, options) {
  if (depth < 0) return value;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

module.exports = { inspectAs };

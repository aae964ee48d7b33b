'use strict';

// Reactions to promises as tasks of the trace, where V8 calls these functions for every promise: far cheaper than having it
// call the engine, since V8 leaves its fast path for promises then. As in `internal/tasks`, the `direct_` ops do what is
// ordinary, and nothing otherwise.

const direct = {
  made: ops.direct_promise_made,
  starts: ops.direct_promise_starts,
  ended: ops.direct_promise_ended,
  resolving: ops.direct_promise_resolving,
};

/** A promise was made; for a reaction, `parent` is what it waits for. Of others there is nothing to tell. */
function made(promise, parent) {
  if (parent !== undefined && !direct.made(promise, parent)) ops.promise_made(promise, parent);
}

/** A reaction starts. */
function starts(promise) {
  if (!direct.starts(promise)) ops.promise_starts(promise);
}

/** It has ended. */
function ended(promise) {
  if (!direct.ended(promise)) ops.promise_ended(promise);
}

/** A promise is about to be resolved or rejected. */
function resolving(promise) {
  if (!direct.resolving(promise)) ops.promise_resolving(promise);
}

/** Has V8 call these functions, unless something speaks against it. */
function setUp() {
  ops.promise_hooks_trace(made, starts, ended, resolving);
}

module.exports = { setUp };

'use strict';

// The asynchronous context: which value every AsyncLocalStorage has in what runs now. V8 hands it on to promise
// reactions, the engine to operations, timers and ticks. A context is never changed once others may have it, except that
// a storage can be taken out of it.

class AsyncContextFrame extends Map {
  /** The context of what runs now, undefined when no storage has a value. */
  static current() {
    return ops.async_context_get();
  }

  /** Makes `frame` the context of what runs from now on. */
  static set(frame) {
    ops.async_context_set(frame);
  }

  /** A context that differs from `frame` in one value. */
  static with(frame, storage, value) {
    const changed = new AsyncContextFrame(frame);
    changed.set(storage, value);
    return changed;
  }
}

module.exports = { AsyncContextFrame };

'use strict';

// What the built-in modules of a worker and of the thread that started it tell each other.

module.exports = {
  /** To the worker: what to run, and with what around it. */
  LOAD: 0,
  /** The worker is about to run its script. */
  ONLINE: 1,
  /** An exception ends the worker. */
  FAILED: 2,
  /** Something was written to a stream: its name and the chunks. */
  STDIO: 3,
  /** A stream wants more, or has taken what was written. */
  STDIO_WANTED: 4,
  /** To the worker: how much memory its heap takes, or how much time of the processor its thread; and its answer. */
  MEASURE: 5,
};

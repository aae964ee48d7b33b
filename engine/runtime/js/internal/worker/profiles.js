'use strict';

// Profiles of workers (https://nodejs.org/api/worker_threads.html#workerstartcpuprofileoptions): the side of the worker, and
// what the thread that started it gets.

let last = 0;
const running = new Map();

/** In the worker: begins a profile, returns its number. */
function start(method, options) {
  running.set(++last, require('internal/v8/profiles')[method](options));
  return last;
}

/** In the worker: ends a profile, returns it as JSON. */
function stop(id) {
  const handle = running.get(id);
  running.delete(id);
  return handle?.stop();
}

class CPUProfileHandle {
  #stop;
  #stopped;

  constructor(end) {
    this.#stop = end;
  }

  stop() {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

class HeapProfileHandle {
  #stop;
  #stopped;

  constructor(end) {
    this.#stop = end;
  }

  stop() {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

module.exports = { CPUProfileHandle, HeapProfileHandle, start, stop };

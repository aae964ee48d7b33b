'use strict';

const EventEmitter = require('events');

/** What `process.channel` and `subprocess.channel` are. */
class Control extends EventEmitter {
  #pipe;
  #refs = 0;
  #refExplicitlySet = false;

  constructor(pipe) {
    super();
    this.#pipe = pipe;
  }

  get fd() {
    return this.#pipe?.fd;
  }

  /** Listeners of messages keep the process alive, unless it was said otherwise. */
  refCounted() {
    if (++this.#refs === 1 && !this.#refExplicitlySet) this.#pipe?.ref();
  }

  unrefCounted() {
    if (--this.#refs === 0 && !this.#refExplicitlySet) {
      this.#pipe?.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#refExplicitlySet = true;
    this.#pipe?.ref();
  }

  unref() {
    this.#refExplicitlySet = true;
    this.#pipe?.unref();
  }

  _forget() {
    this.#pipe = undefined;
  }
}

module.exports = { Control };

'use strict';

// How many assertions and subtests a test is to have (https://nodejs.org/api/test.html#contextplancount-options).

// Tests may put others in their place.
const { clearTimeout, setTimeout } = require('timers');
const { codes } = require('internal/errors');
const { validateObject, validateUint32 } = require('internal/validators');
const { failure } = require('internal/test_runner/failure');

class Plan {
  #wait = false;
  #met;

  constructor(count, options = {}) {
    validateUint32(count, 'count');
    validateObject(options, 'options');
    const { wait = false } = options;
    if (typeof wait !== 'boolean' && typeof wait !== 'number') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
    }
    this.expected = count;
    this.#wait = wait;
  }

  /** Called whenever something that counts has happened. */
  counted(count) {
    if (count >= this.expected) this.#met?.resolve();
    this.count = count;
  }

  /** Throws when the count is wrong; may wait for it. */
  async check(count) {
    this.count = count;
    if (count < this.expected && this.#wait !== false) await this.#waitForIt();
    if (this.count !== this.expected) {
      throw failure(`plan expected ${this.expected} assertions but received ${this.count}`, 'testCodeFailure');
    }
  }

  async #waitForIt() {
    this.#met = Promise.withResolvers();
    let timer;
    if (typeof this.#wait === 'number') {
      timer = setTimeout(() => {
        this.#met.reject(failure(
          `plan timed out after ${this.#wait}ms with ${this.count} assertions when expecting ${this.expected}`,
          'testTimeoutFailure'));
      }, this.#wait);
    }
    try {
      await this.#met.promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

module.exports = { Plan };

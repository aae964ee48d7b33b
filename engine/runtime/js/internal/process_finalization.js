'use strict';

// `process.finalization` (https://nodejs.org/api/process.html#processfinalizationregisterref-callback): callbacks for
// objects that are still there when the process ends.

const { codes } = require('internal/errors');
const { warnExperimental } = require('internal/process_warning');

function checkObject(obj) {
  if (obj === null || (typeof obj !== 'object' && typeof obj !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('obj', 'object', obj);
  }
}

/** Callbacks for one event: held weakly, so that an object that is collected before takes its callback along. */
class Callbacks {
  #entries = new Set();
  #registry = new FinalizationRegistry((entry) => this.#entries.delete(entry));
  #event;
  #listens = false;

  constructor(event) {
    this.#event = event;
  }

  add(obj, callback) {
    const entry = { ref: new WeakRef(obj), callback };
    this.#entries.add(entry);
    this.#registry.register(obj, entry, obj);
    if (this.#listens) return;
    this.#listens = true;
    process.on(this.#event, () => this.#run());
  }

  remove(obj) {
    this.#registry.unregister(obj);
    for (const entry of this.#entries) {
      const target = entry.ref.deref();
      if (target === obj || target === undefined) this.#entries.delete(entry);
    }
  }

  #run() {
    for (const entry of this.#entries) {
      this.#entries.delete(entry);
      const obj = entry.ref.deref();
      if (obj === undefined) continue;
      this.#registry.unregister(obj);
      const { callback } = entry;
      callback(obj, this.#event);
    }
  }
}

const atExit = new Callbacks('exit');
const beforeExit = new Callbacks('beforeExit');

function register(obj, callback) {
  warnExperimental('process.finalization.register');
  checkObject(obj);
  atExit.add(obj, callback);
}

function registerBeforeExit(obj, callback) {
  warnExperimental('process.finalization.registerBeforeExit');
  checkObject(obj);
  beforeExit.add(obj, callback);
}

function unregister(obj) {
  warnExperimental('process.finalization.unregister');
  if (obj === null || (typeof obj !== 'object' && typeof obj !== 'function')) {
    throw new TypeError(`Invalid unregisterToken ('${String(obj)}')`);
  }
  atExit.remove(obj);
  beforeExit.remove(obj);
}

module.exports = { register, registerBeforeExit, unregister };

'use strict';

// REPLs and what escapes from the texts that they have evaluated: each shows its own.

let storage;

const owner = {
  /** The REPL that is the program itself; what belongs to nobody is its. */
  standalone: undefined,

  /** Runs `act` for a REPL: what it leaves to run belongs to that REPL, too. */
  run(repl, act) {
    owner.watch();
    return storage.run(repl, act);
  },

  /** Begins to take what nothing catches. */
  watch() {
    if (storage !== undefined) return;
    const { AsyncLocalStorage } = require('async_hooks');
    storage = new AsyncLocalStorage();
    process.addUncaughtExceptionCaptureCallback((error) => {
      const repl = storage.getStore() ?? owner.standalone;
      if (repl === undefined || repl.closed) return false;
      repl._handleError(error);
      return true;
    });
  },
};

module.exports = owner;

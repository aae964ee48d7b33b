'use strict';

// The test whose function runs: what it calls and what comes of it later knows whom it belongs to.

const { AsyncLocalStorage } = require('internal/async_local_storage');

module.exports = {
  running: new AsyncLocalStorage(),
  /** The hook whose function runs. */
  hooking: new AsyncLocalStorage(),
};

// Loaded before a script (`node --require`), so that Node.js tells of every asynchronous resource what a watched run tells
// without the places in the source: made, started, ended, settled. What that costs is what watching costs anywhere else.
'use strict';
const { createHook } = require('node:async_hooks');

const told = { init: 0, before: 0, after: 0, destroy: 0, promiseResolve: 0 };
const count = (name) => () => {
  told[name]++;
};
createHook(Object.fromEntries(Object.keys(told).map((name) => [name, count(name)]))).enable();

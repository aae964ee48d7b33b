'use strict';
// When the microtasks of a context run.
const vm = require('vm');
const log = console.log;
vm.runInNewContext('Promise.resolve().then(() => log("own queue")); log("script")', { log }, { microtaskMode: 'afterEvaluate' });
log('after the first');
vm.runInNewContext('Promise.resolve().then(() => log("shared queue")); log("script")', { log });
log('after the second');
Promise.resolve().then(() => log('main'));
const context = vm.createContext({ log }, { microtaskMode: 'afterEvaluate' });
(async () => {
  const promise = vm.runInContext('Promise.resolve("value")', context);
  log(promise instanceof Promise);
  vm.runInContext('(async () => { await null; log("awaited inside") })()', context);
  log('end');
})();
process.nextTick(() => log('tick'));

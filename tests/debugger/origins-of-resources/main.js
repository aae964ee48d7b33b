const { AsyncResource, AsyncLocalStorage } = require('async_hooks');
function make() {
  const resource = new AsyncResource('JOB');
  const snapshot = AsyncLocalStorage.snapshot();
  return { resource, snapshot };
}
const { resource, snapshot } = make();
setTimeout(function later() {
  resource.runInAsyncScope(function inResource() {
    debugger;
  });
  snapshot(function inSnapshot() {
    debugger;
  });
}, 1);

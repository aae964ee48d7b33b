const ready = Promise.resolve(7);
async function f() {
  await ready;
  debugger;
  for await (const x of [1, Promise.resolve(2)]) {
    debugger;
  }
  await Promise.allSettled([ready, Promise.reject(new Error('no'))]);
  debugger;
}
function caller() { f(); }
setImmediate(caller);

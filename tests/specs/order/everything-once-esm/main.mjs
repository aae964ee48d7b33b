// One of each, from the top level of an ES module.
setTimeout(() => console.log('timeout'), 0);
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
(async () => {
  console.log('async start');
  await null;
  console.log('async end');
})();
console.log('main');

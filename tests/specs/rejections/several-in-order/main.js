// The handler is called for each, in order, after the drain; and for those that it makes itself.
let n = 0;
process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason);
  if (++n === 2) Promise.reject('from the handler');
});
Promise.reject('a');
Promise.reject('b');
process.nextTick(() => {
  console.log('tick');
  Promise.reject('c');
});
setImmediate(() => console.log('immediate'));

setImmediate(function first() {
  Promise.resolve().then(function reaction() { return 1; });
  process.nextTick(function tick() { return 2; });
});
setImmediate(function second() {
  return 3;
});
debugger;

setImmediate(function check() { return 1; });
process.nextTick(function tick() {
  return 2;
});
debugger;

// why: never
process.on('exit', function leaves() {
  setImmediate(function never() {});
  process.exitCode = 0;
});
setTimeout(function breaks() {
  null.nothing();
}, 1);

// why: never
process.on('exit', function leaves() {
  setImmediate(function never() {});
});
setTimeout(function ends() {
  process.exit();
}, 1);

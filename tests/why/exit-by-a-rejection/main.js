// why: never
process.on('exit', function leaves() {
  setImmediate(function never() {});
  process.exitCode = 0;
});
setTimeout(async function rejects() {
  await null;
  throw new Error('nobody handles this');
}, 1);

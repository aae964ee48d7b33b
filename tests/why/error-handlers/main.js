// why: then
process.on('unhandledRejection', function told() {
  setTimeout(function afterwards() {
    null.nothing();
  }, 1);
});
process.on('uncaughtException', function caught() {
  setImmediate(function then() {});
});
setTimeout(async function rejects() {
  await null;
  throw new Error('nobody handles this');
}, 1);

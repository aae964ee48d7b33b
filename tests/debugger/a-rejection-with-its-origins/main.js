async function outer() {
  await null;
  await inner('lost');
}
async function inner(text) {
  await null;
  throw new RangeError(text);
}
process.once('unhandledRejection', (reason) => console.log('heard', reason.message));
setTimeout(outer, 1);

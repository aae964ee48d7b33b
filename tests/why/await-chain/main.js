// why: last
const pause = (ms) => new Promise(function wait(resolve) { setTimeout(resolve, ms); });
async function first() {
  await pause(5);
  await second();
}
async function second() {
  await null;
  setTimeout(function last() {}, 3);
}
first();

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function one() {
  await sleep(1);
  debugger;
}
async function all() {
  await Promise.all([one(), sleep(2)]);
  debugger;
}
all().then(function after() {
  debugger;
});

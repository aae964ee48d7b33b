function plan(ms) {
  setTimeout(function late() {
    Promise.resolve().then(function reaction() {});
  }, ms);
}
async function main() {
  debugger;
  const value = await new Promise((done) => setImmediate(done, 5));
  plan(value);
}
main();

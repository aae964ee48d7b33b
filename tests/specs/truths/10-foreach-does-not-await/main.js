// forEach starts all the async callbacks and returns at once.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
[300, 100, 200].forEach(async (ms) => {
  await sleep(ms);
  console.log(ms);
});
console.log('done');

// for await over an async generator, over promises and over a custom iterator, with cleanup on break.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function* count(to) {
  try {
    for (let i = 1; i <= to; i++) {
      await sleep(1);
      yield i;
    }
  } finally {
    console.log('cleanup');
  }
}
(async () => {
  for await (const i of count(3)) console.log(i);
  for await (const i of count(9)) if (i === 2) break;
  for await (const v of [Promise.resolve('a'), 'b']) console.log(v);
  const iterator = {
    [Symbol.asyncIterator]: () => ({ n: 0, next() { return { value: this.n++, done: this.n > 2 }; } }),
  };
  for await (const v of iterator) console.log('custom', v);
  try {
    for await (const v of [1, Promise.reject(new Error('rejected'))]) console.log(v);
  } catch (error) {
    console.log(error.message);
  }
})();

// Awaiting any value takes exactly one microtask.
(async () => {
  for (const value of [1, 'two', null, undefined, { a: 1 }]) console.log('got', await value);
})();
let chain = Promise.resolve();
for (let i = 1; i <= 5; i++) chain = chain.then(() => console.log('turn', i));

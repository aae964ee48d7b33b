// Resolving a promise with a promise takes two more microtasks.
const inner = Promise.resolve('inner');
new Promise((resolve) => resolve(inner)).then(() => console.log('outer'));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(4));

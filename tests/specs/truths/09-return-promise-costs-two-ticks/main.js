// An async function that returns a promise settles later than one that returns a value.
async function value() {
  return 1;
}
async function promise() {
  return Promise.resolve(1);
}
promise().then(() => console.log('promise'));
value()
  .then(() => console.log('value'))
  .then(() => console.log('value + 1'))
  .then(() => console.log('value + 2'))
  .then(() => console.log('value + 3'));

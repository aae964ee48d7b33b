// Awaiting a thenable calls its then in a microtask of its own.
const thenable = {
  then(resolve) {
    console.log('then called');
    resolve('value');
  },
};
(async () => {
  console.log('before');
  console.log('got', await thenable);
})();
Promise.resolve().then(() => console.log('promise 1')).then(() => console.log('promise 2'));
console.log('main');

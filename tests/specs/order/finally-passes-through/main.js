// finally hands on value and error, and waits for a promise that it returns.
Promise.resolve('value')
  .finally(() => 'ignored')
  .then((v) => console.log(v));
Promise.reject(new Error('error'))
  .finally(() => console.log('cleanup'))
  .catch((e) => console.log(e.message));
Promise.resolve('late')
  .finally(() => new Promise((resolve) => setTimeout(resolve, 5)))
  .then((v) => console.log(v));
Promise.resolve().finally(() => Promise.reject(new Error('replaced'))).catch((e) => console.log(e.message));

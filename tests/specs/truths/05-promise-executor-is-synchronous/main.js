// The executor of a promise runs at once.
new Promise((resolve) => {
  console.log(1);
  resolve();
}).then(() => console.log(3));
console.log(2);

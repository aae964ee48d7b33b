const a = 1;
setTimeout(() => {
  console.log(a);
}, 1);

// An interval that clears itself stops at once.
let n = 0;
const interval = setInterval(() => {
  console.log('tick', ++n);
  if (n === 3) clearInterval(interval);
}, 1);

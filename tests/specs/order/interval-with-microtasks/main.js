// Between two calls of an interval everything queued by the first has run.
let n = 0;
const interval = setInterval(() => {
  const id = ++n;
  console.log('interval', id);
  Promise.resolve().then(() => console.log('  promise', id));
  process.nextTick(() => console.log('  tick', id));
  if (id === 3) clearInterval(interval);
}, 2);

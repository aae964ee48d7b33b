// An interval whose callback throws goes on when the error is handled.
process.on('uncaughtException', (error) => console.log('caught', error.message));
let n = 0;
const interval = setInterval(() => {
  n++;
  if (n === 3) clearInterval(interval);
  throw new Error(`call ${n}`);
}, 1);

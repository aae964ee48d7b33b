// The interval cannot run while the work is done.
const timer = setInterval(() => {}, 10);
setTimeout(function work() {
  const end = Date.now() + 80;
  while (Date.now() < end);
  setImmediate(() => clearInterval(timer));
}, 5);

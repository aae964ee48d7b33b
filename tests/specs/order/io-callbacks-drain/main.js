// Ticks, then microtasks, after every I/O callback.
const fs = require('fs');
fs.stat(__filename, () => {
  console.log('stat');
  Promise.resolve().then(() => console.log('promise'));
  process.nextTick(() => console.log('tick'));
  setImmediate(() => console.log('immediate'));
  setTimeout(() => console.log('timeout'), 0);
});

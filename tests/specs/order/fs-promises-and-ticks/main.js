// A settled file promise resumes in the microtasks of its completion.
const fs = require('fs/promises');
(async () => {
  console.log('start');
  await fs.stat(__filename);
  console.log('stat done');
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
  await null;
  console.log('after await');
})();
console.log('main');

// beforeExit comes each time the loop runs empty, until a handler schedules nothing.
let n = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++n);
  if (n === 1) setTimeout(() => console.log('timer'), 1);
  if (n === 2) setImmediate(() => console.log('immediate'));
  if (n === 3) Promise.resolve().then(() => console.log('a promise does not keep it alive'));
});
process.on('exit', () => console.log('exit'));

// All immediates of one turn run before timers that become due meanwhile.
setImmediate(() => {
  setTimeout(() => console.log('timeout'), 0);
  const start = Date.now();
  while (Date.now() - start < 10);
  console.log('immediate 1');
});
setImmediate(() => console.log('immediate 2'));
setImmediate(() => console.log('immediate 3'));

// After an I/O callback the check phase comes before the timers, even when the timer is due by then.
require('fs').stat(__filename, () => {
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
  const start = Date.now();
  while (Date.now() - start < 20);
});

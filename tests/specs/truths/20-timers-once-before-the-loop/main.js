// Due timers run once before the loop's first turn, so a timer that is due beats the immediate.
setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timeout'), 0);
const start = Date.now();
while (Date.now() - start < 20);

// From the main script, a 0 ms timer and an immediate come in either order.
setTimeout(() => console.log('timeout'), 0);
setImmediate(() => console.log('immediate'));

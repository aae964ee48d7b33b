// A refreshed timer falls behind one that was made after it.
const timer = setTimeout(() => console.log('refreshed'), 100);
setTimeout(() => console.log('other'), 100);
const start = Date.now();
while (Date.now() - start < 30);
setImmediate(() => timer.refresh());

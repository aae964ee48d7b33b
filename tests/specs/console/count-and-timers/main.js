// count, countReset, and the warnings of timers that are missing.
console.count();
console.count('x');
console.count();
console.count('default');
console.countReset();
console.count();
console.countReset('missing');
console.count(undefined);
console.count(null);
console.count({});
console.timeEnd('missing');
console.timeLog('missing');
console.time('t');
console.time('t');

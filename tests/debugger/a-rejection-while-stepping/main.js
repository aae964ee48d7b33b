const kept = [];
debugger;
kept.push(Promise.reject(new Error('later')));
kept.push((async () => { throw new Error('later, too'); })());
setTimeout(() => console.log('done'), 1);
queueMicrotask(() => kept.forEach((one) => one.catch(() => {})));

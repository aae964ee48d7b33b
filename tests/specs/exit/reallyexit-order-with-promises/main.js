// process.exit in a microtask: the microtasks behind it never run.
Promise.resolve().then(() => console.log('one'));
Promise.resolve().then(() => process.exit(2));
Promise.resolve().then(() => console.log('never'));
process.on('exit', (code) => console.log('exit', code));

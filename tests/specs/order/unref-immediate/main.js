// An unref'd immediate does not keep the loop alive.
const immediate = setImmediate(() => console.log('never'));
console.log(immediate.hasRef());
immediate.unref();
console.log(immediate.hasRef());
process.on('exit', () => console.log('exit'));

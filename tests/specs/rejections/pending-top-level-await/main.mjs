// A top-level await that never settles: exit code 13 and a warning that names the place.
process.on('exit', (code) => console.log('exit', code));
console.log('before');
await new Promise(() => {});
console.log('never');

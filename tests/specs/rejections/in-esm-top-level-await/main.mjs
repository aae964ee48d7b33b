// A rejected top-level await ends the program as an uncaught error.
process.on('exit', (code) => console.log('exit', code));
console.log('before');
await Promise.reject(new Error('top level'));
console.log('never');

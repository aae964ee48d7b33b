// A signal without a handler ends the process.
process.on('exit', () => console.log('never'));
console.log('before');
process.kill(process.pid, 'SIGTERM');
setTimeout(() => {}, 20_000);

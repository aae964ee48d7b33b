// A signal with a handler is a callback of the loop.
process.on('SIGUSR2', (name, number) => {
  console.log(name, number);
  clearTimeout(keep);
});
const keep = setTimeout(() => {}, 20_000);
process.kill(process.pid, 'SIGUSR2');
console.log('sent');

// Signals: every arrival is an event in its order, between the timers that are due and the immediates; without listeners the default is back.
process.on('SIGUSR2', (name, number) => console.log('first', name, number));
process.once('SIGUSR2', () => console.log('once'));
process.on('SIGHUP', (name) => console.log(name));
for (const signal of ['SIGUSR2', 'SIGHUP', 'SIGUSR2']) process.kill(process.pid, signal);
setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timeout'), 0);
for (const signal of ['SIGKILL', 'SIGSTOP']) {
  try {
    process.on(signal, () => {});
  } catch (error) {
    console.log(error.message, error.code, error.syscall, error.errno, process.listenerCount(signal));
  }
}
process.on('SIGNOTHING', () => {});
console.log(process.kill(process.pid, 0), process.listenerCount('SIGUSR2'));
setTimeout(() => {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
  console.log('never');
}, 50);

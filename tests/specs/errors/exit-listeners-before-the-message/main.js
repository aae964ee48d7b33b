// Listeners of 'exit' run before the uncaught error is printed; a second error there changes nothing.
process.on('uncaughtExceptionMonitor', (error, origin) => console.error('monitor', error.message, origin));
process.on('exit', (code) => {
  console.error('exit', code, process.exitCode);
  error.late = 'added by a listener';
  process.exitCode = 9;
});
process.on('exit', () => {
  console.error('second listener');
  throw new Error('not shown');
});
process.on('exit', () => console.error('never'));
const error = new Error('the first');
throw error;

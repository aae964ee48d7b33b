// process.exit ends at once: exit handlers run, scheduled work does not.
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  setTimeout(() => console.log('never'), 0);
  process.nextTick(() => console.log('never'));
  Promise.resolve().then(() => console.log('never'));
});
process.nextTick(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
try {
  process.exit(3);
} finally {
  console.log('never');
}

// Another program takes the place of this one.
const attempts = [['/no/such/program'], [1], ['/x', [1]], ['/x', ['x'], { A: 1 }], ['/x', ['x'], 5]];
for (const attempt of attempts) {
  try {
    process.execve(...attempt);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
process.on('exit', () => console.log('never'));
setImmediate(() => process.execve('/bin/sh', ['sh', '-c', 'echo "replaced, $GREETING"'], { GREETING: 'hello' }));

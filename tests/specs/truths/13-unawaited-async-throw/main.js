// An error in an async function nobody awaits is an unhandled rejection.
process.on('unhandledRejection', (reason) => console.log('unhandled:', reason.message));
async function f() {
  throw new Error('lost');
}
try {
  f();
} catch {
  console.log('never');
}
console.log('main done');

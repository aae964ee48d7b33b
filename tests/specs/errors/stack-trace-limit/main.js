// Error.stackTraceLimit and captureStackTrace.
function deep(n) {
  return n === 0 ? new Error('deep') : deep(n - 1);
}
const count = () => deep(50).stack.split('\n').length - 1;
console.log(count(), Error.stackTraceLimit);
Error.stackTraceLimit = 3;
console.log(count());
Error.stackTraceLimit = 0;
console.log(deep(5).stack);
Error.stackTraceLimit = 10;
const target = { name: 'Target', message: 'captured' };
function above() {
  Error.captureStackTrace(target, above);
}
function caller() {
  above();
}
caller();
console.log(target.stack.split('\n').slice(0, 2).join('\n'), Object.keys(target));

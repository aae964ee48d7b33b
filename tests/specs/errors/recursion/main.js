// Endless recursion is a RangeError that can be caught.
function forever(n) {
  return forever(n + 1) + 1;
}
try {
  forever(0);
} catch (error) {
  console.log(error instanceof RangeError, error.message, error.stack.split('\n').length);
}
console.log('still fine');

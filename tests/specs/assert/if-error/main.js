// ifError shows where the error came from behind where it was checked.
const assert = require('assert');
function makes() {
  return new Error('from far away');
}
function checks(error) {
  assert.ifError(error);
}
const error = makes();
try {
  checks(error);
} catch (caught) {
  console.log(caught.stack.replace(/\n {4}at .*node:.*/g, ''));
  console.log(caught.actual === error, caught.expected, caught.operator, caught.generatedMessage);
}
for (const value of [0, '', false, 'text', { message: 'like an error' }, { message: '', constructor: { name: 'Named' } }, { message: 5 }, {}, [1, 2], Symbol('s'), new TypeError('')]) {
  try {
    assert.ifError(value);
  } catch (caught) {
    console.log(caught.message, caught.operator);
  }
}
assert.ifError(null);
assert.ifError(undefined);
const own = Object.assign(new Error('own stack'), { stack: 'Error: own stack\n    at somewhere (else.js:1:1)' });
try {
  assert.ifError(own);
} catch (caught) {
  console.log(caught.stack.split('\n').filter((line) => !line.includes('node:')).slice(-1)[0]);
}
assert.ifError(new Error('not caught'));

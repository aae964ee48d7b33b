// Arguments are handed on, and the callback's `this` is undefined in strict code.
'use strict';
process.nextTick(
  function (...args) {
    console.log(args, this);
  },
  1,
  'two',
  [3]
);
process.nextTick(console.log, 'direct', { call: true });
try {
  process.nextTick('no function');
} catch (error) {
  console.log(error.name, error.code, error.message);
}

'use strict';

// What is warned of with `--unhandled-rejections=warn`: the reason and a note, both with the stack of what has one. And
// deprecations that are still to come, when they are asked for.

process.on('warning', ({ name, message, code, stack }) => {
  const [first] = message.split('\n');
  console.log(name, '|', code ?? first.slice(0, 60), '|', stack.split('\n')[0].slice(0, 60));
});
function here() {
  Promise.reject({ message: 'like', stack: 'my stack\nsecond' });
  Promise.reject(new Error('E'));
  Promise.reject('text');
  Promise.reject({ a: 1 });
}
here();
process.env.GIVEN = 1;
process.env.GIVEN = undefined;
process.env.GIVEN = null;
console.log(process.env.GIVEN, module.parent, module.parent);
try {
  require('./none');
} catch (error) {
  console.log(error.requireStack);
}

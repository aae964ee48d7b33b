// A cycle through CommonJS and ES modules: what is there yet, and what is an error.
console.log('main begins');
exports.early = 'early';
try {
  const b = require('./b.mjs');
  console.log('main has b', b);
} catch (error) {
  console.log(error.code);
}
exports.late = 'late';
const c = require('./c.cjs');
console.log('main has c', c, c.done);
import('./d.mjs').then((d) => console.log('main has d', d));
console.log('main ends');

// require of an ES module gives its namespace; with a top-level await it is an error.
const ns = require('./lib.mjs');
console.log(ns, ns.default, ns.named, ns.__esModule);
console.log(require('./module-exports.mjs'));
try {
  require('./tla.mjs');
} catch (error) {
  console.log(error.name, error.code, error.message.split('\n')[0]);
}
import('./lib.mjs').then((m) => console.log(m === ns, m.default === ns.default));
console.log(require('./typed'));

// Imports are hoisted, modules run once and depth first, namespaces are sorted and sealed.
console.log('main');
import def, { value, fn as renamed } from './lib.mjs';
import * as ns from './lib.mjs';
import './lib.mjs';
export { value as again } from './lib.mjs';
console.log(def, value, renamed(2), ns);
console.log(Object.keys(ns), ns[Symbol.toStringTag], Object.isSealed(ns), 'nope' in ns, ns.nope);
try {
  ns.value = 2;
} catch (error) {
  console.log(error.name, error.message);
}
console.log(typeof require, typeof module, typeof exports, typeof __filename, this);

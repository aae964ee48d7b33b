// CommonJS seen from ES modules and the other way round: names, default, __esModule, live or not, functions as exports.
import * as transpiled from './transpiled.cjs';
import viaDefault, { named, late } from './transpiled.cjs';
import * as fn from './function.cjs';
import * as reexports from './reexports.cjs';
import * as odd from './odd.cjs';
import { createRequire } from 'node:module';
console.log(transpiled, viaDefault, named, late);
console.log(fn, typeof fn.default, fn.default());
console.log(Object.keys(reexports), reexports.named, reexports.own);
console.log(odd, odd.default);
const require = createRequire(import.meta.url);
const esm = require('./module.mjs');
console.log(esm, esm.__esModule, esm.default(), esm.counter);
esm.default();
console.log(esm.counter, require('./module.mjs') === esm, Object.isFrozen(esm), Object.prototype.toString.call(esm));
console.log(require('./as-module-exports.mjs'), typeof require('./with-flag.mjs').__esModule);
for (const bad of [() => { esm.counter = 5; }, () => { esm.added = 1; }, () => { delete esm.counter; }]) {
  try {
    bad();
    console.log('allowed');
  } catch (error) {
    console.log(error.name, error.message.replace(/#<Module>|\[object Module\]/, 'module'));
  }
}
require('./transpiled.cjs').named = 'changed later';
console.log(named, viaDefault.named, transpiled.default.named);
try {
  require('./waits.mjs');
} catch (error) {
  console.log(error.code);
}
console.log(await import('./waits.mjs'), (await import('./module.mjs')).counter);

// Names of a CommonJS module that can be found in its text are named exports.
import def, { a, b } from './lib.cjs';
import * as ns from './lib.cjs';
import { reexported } from './reexport.cjs';
import { x } from './transpiled.cjs';
console.log(def, a, b, Object.keys(ns), reexported, x);
console.log(ns.default === def, ns['module.exports'] === def);
const transpiled = await import('./transpiled.cjs');
console.log(transpiled.default, transpiled.__esModule, Object.keys(transpiled));
const dynamic = await import('./dynamic.cjs');
console.log(Object.keys(dynamic), dynamic.default);

// The nearest package.json's type decides about .js; extensions .mjs and .cjs decide for themselves.
import a from './a.cjs';
import { createRequire } from 'node:module';
import b from './sub/b.js';
console.log(a, b, import.meta.filename, typeof require, createRequire(import.meta.url)('./sub/b.js'));

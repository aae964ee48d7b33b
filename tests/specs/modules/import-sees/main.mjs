// What `import` sees of CommonJS: exports as they were when the module was loaded, one JSON value for `require` and
// `import`, names that Babel exports again, names with halves of characters.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-sees-'));
const files = {
  'number.cjs': 'module.exports = 1;',
  'changes.cjs': "require('./number.cjs'); require.cache[require.resolve('./number.cjs')].exports++;",
  'data.json': '{ "a": 1 }',
  'names.cjs': "exports['\\u{D83C}'] = 1; exports['\\u{D83C}\\u{DF10}'] = 2; exports['π'] = 3; exports.default = 4;",
  'babel.cjs': `var _names = require('./names.cjs');
    Object.keys(_names).forEach(function (key) {
      if (key === "default" || key === "__esModule") return;
      if (key in exports && exports[key] === _names[key]) return;
      Object.defineProperty(exports, key, { enumerable: true, get: function () { return _names[key]; } });
    });`,
  'redeclares.js': 'const require = 1; export default typeof module;',
  'only.js': 'const require = () => {}; console.log(typeof module, typeof exports, require());',
};
for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
fs.mkdirSync(path.join(folder, 'node_modules/broken'), { recursive: true });
fs.writeFileSync(path.join(folder, 'node_modules/broken/package.json'), '{ no');
const url = (name) => pathToFileURL(path.join(folder, name)).href;
const require = createRequire(url('main.cjs'));

await import(url('changes.cjs'));
console.log((await import(url('number.cjs'))).default, require('./number.cjs'));

const { default: data } = await import(url('data.json'), { with: { type: 'json' } });
require('./data.json').a = 2;
console.log(data, data === require('./data.json'));

for (const name of ['names.cjs', 'babel.cjs']) console.log(name, { ...await import(url(name)) });
console.log({ ...await import(url('redeclares.js')) });
await import(url('only.js'));

for (const specifier of ['as%2Ff', 'as\\df', '@as@df', '@a%b/c', 'none']) {
  const { code, message } = await import(specifier).catch((error) => error);
  console.log(code, message);
}
fs.writeFileSync(path.join(folder, 'asks.mjs'), "import 'broken';");
const { code, message } = await import(url('asks.mjs')).catch((error) => error);
console.log(code, message.replaceAll(folder, 'FOLDER'));
const missing = await import('./').catch((error) => error);
console.log(missing.code, Object.keys(missing), missing.url.endsWith('/import-sees/') || missing.url);
fs.rmSync(folder, { recursive: true });

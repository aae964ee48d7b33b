// Modules that stand for others as long as a test runs.
import { test } from 'node:test';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
test('esm', async (t) => {
  const m = t.mock.module('./dep.mjs', { exports: { default: 'd', named: 2 } });
  console.log(m, await import('./dep.mjs'), await import('./dep.mjs') === await import('./dep.mjs'));
  m.restore();
  console.log(await import('./dep.mjs'));
});
test('cjs', async (t) => {
  const m = t.mock.module('./dep.cjs', { exports: { default: { a: 1 }, named: 2 } });
  console.log(require('./dep.cjs'), require('./dep.cjs') === require('./dep.cjs'), await import('./dep.cjs'));
  m.restore();
  console.log(require('./dep.cjs'));
  const k = t.mock.module('./dep.cjs', { cache: true, exports: { named: 2 } });
  console.log(require('./dep.cjs'), require('./dep.cjs') === require('./dep.cjs'));
  try { t.mock.module('./dep.cjs') } catch (e) { console.log(e.code, e.message.replaceAll(import.meta.dirname, 'FOLDER')) }
});
test('restored', () => { console.log(require('./dep.cjs')) });
test('builtin', async (t) => {
  t.mock.module('node:readline', { exports: { default: { f: 1 }, cursorTo: 5 } });
  console.log(require('readline'), (await import('readline')).cursorTo);
  t.mock.module('fs', { namedExports: { cursorTo: 5 }, defaultExport: 8 });
  try {
    console.log(require('fs'));
  } catch (e) {
    console.log(e.message);
  }
});
test('errors', async (t) => {
  for (const a of [[1], ['x', 1], ['./none.mjs', {}], ['./dep.mjs', {cache: 1}], ['./dep.mjs', {namedExports: 1}],['./dep.mjs', {exports: 1}], ['./dep.mjs', { exports: {}, defaultExport: 1 }], ['nopackage', {exports:{default:1}}]]) try { t.mock.module(...a); console.log('ok'); t.mock.reset() } catch (e) { console.log(e.code, e.message.replaceAll(import.meta.dirname, 'FOLDER')) }
});

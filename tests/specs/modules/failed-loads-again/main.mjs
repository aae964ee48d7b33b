// What is remembered of modules that failed: CommonJS is loaded again, an ES module's error stays.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
globalThis.runs = { cjs: 0, esm: 0, inner: 0 };
const attempt = async (load) => {
  try {
    await load();
    return 'loaded';
  } catch (error) {
    return error;
  }
};
const first = await attempt(() => require('./fails.cjs'));
const second = await attempt(() => require('./fails.cjs'));
console.log(first.message, second.message, first === second, require.resolve('./fails.cjs') in require.cache);
globalThis.allowed = true;
console.log(await attempt(() => require('./fails.cjs')), globalThis.runs);
globalThis.allowed = false;
const third = await attempt(() => import('./fails.mjs'));
globalThis.allowed = true;
const fourth = await attempt(() => import('./fails.mjs'));
console.log(third.message, third === fourth, globalThis.runs, await attempt(() => import('./fails.mjs?again')));
const outer = await attempt(() => import('./outer.mjs'));
const inner = await attempt(() => import('./inner.mjs'));
console.log(outer === inner, outer.message, globalThis.runs.inner, globalThis.siblingRan);
const broken = await attempt(() => import('./syntax.mjs'));
console.log(broken.name, broken === (await attempt(() => import('./syntax.mjs'))));
const missing = await attempt(() => import('./imports-missing.mjs'));
console.log(missing.code, missing === (await attempt(() => import('./imports-missing.mjs'))));
console.log((await attempt(() => require('./fails.mjs'))) === third, (await attempt(() => require('./bad.json'))).name, (await attempt(() => require('./bad.json'))).message.split('\n')[0].replace(/^.*failed/, ''));

// createRequire gives ES modules a require, with resolve and cache.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
console.log(require('./data.json'), require('./lib.cjs'), require.resolve('./lib.cjs'), typeof require.cache, require.main);
const elsewhere = createRequire(new URL('./sub/nothing.js', import.meta.url));
console.log(elsewhere('./inner.cjs'));
for (const value of ['relative/path.js', undefined, 'http://x.test/a.js']) {
  try {
    createRequire(value);
  } catch (error) {
    console.log(error.code, error.message);
  }
}

// promisify: values, errors, custom, this, properties; callbackify back again.
const { promisify, callbackify } = require('util');
const add = (a, b, callback) => setImmediate(callback, a < 0 ? new Error('negative') : null, a + b);
const object = { base: 10, plus(n, callback) { callback(null, this.base + n); }, plusAsync: null };
object.plusAsync = promisify(object.plus);
function custom() {}
custom[promisify.custom] = () => Promise.resolve('custom');
(async () => {
  console.log(await promisify(add)(1, 2), await object.plusAsync(5), await promisify(custom)(), promisify(custom) === custom[promisify.custom]);
  await promisify(add)(-1, 0).catch((e) => console.log(e.message));
  await promisify((cb) => { throw new Error('synchronous'); })().catch((e) => console.log(e.message));
  console.log(await promisify((cb) => cb(null, 1, 2))(), promisify(add).name, promisify(add).length);
  callbackify(async (x) => x * 2)(21, (error, value) => console.log('callbackify', error, value));
  callbackify(() => Promise.reject(new Error('rejected')))((error) => console.log('callbackify', error.message));
  callbackify(() => Promise.reject(null))((error) => console.log(error.code, error.message, error.reason));
})();
for (const value of [1, undefined]) try { promisify(value); } catch (e) { console.log(e.code, e.message); }
try { callbackify(async () => {})('no callback'); } catch (e) { console.log(e.code, e.message); }
function bad() {}
bad[promisify.custom] = 5;
try { promisify(bad); } catch (e) { console.log(e.code, e.message); }

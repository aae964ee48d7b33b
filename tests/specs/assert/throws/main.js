// throws, rejects, doesNotThrow with all kinds of expectations.
const assert = require('assert');
const boom = () => { throw Object.assign(new TypeError('boom here'), { code: 'E_BOOM' }); };
const t = async (f) => { try { await f(); console.log('passed'); } catch (e) { console.log(`${e.name}: ${e.message}\n---`); } };
(async () => {
  await t(() => assert.throws(boom));
  await t(() => assert.throws(boom, TypeError));
  await t(() => assert.throws(boom, /boom/));
  await t(() => assert.throws(boom, { name: 'TypeError', code: 'E_BOOM', message: /here/ }));
  await t(() => assert.throws(boom, (e) => e.code === 'E_BOOM'));
  await t(() => assert.throws(() => {}));
  await t(() => assert.throws(() => {}, TypeError, 'custom'));
  await t(() => assert.throws(boom, RangeError));
  await t(() => assert.throws(boom, /other/));
  await t(() => assert.throws(boom, { message: 'different' }));
  await t(() => assert.throws(boom, () => false));
  await t(() => assert.throws(boom, new Error('boom here')));
  await t(() => assert.throws('no function'));
  await t(() => assert.doesNotThrow(boom));
  await t(() => assert.doesNotThrow(boom, 'with a message'));
  await t(() => assert.rejects(Promise.reject(new Error('r')), /r/));
  await t(() => assert.rejects(async () => {}));
  await t(() => assert.rejects(() => 5));
  await t(() => assert.doesNotReject(Promise.reject(new Error('rejected'))));
  await t(() => assert.match('abc', /x/));
  await t(() => assert.doesNotMatch('abc', /b/));
  await t(() => assert.match(5, /x/));
})();

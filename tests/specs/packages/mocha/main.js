'use strict';
// A suite with hooks, a failure, a skipped test and an asynchronous one, run in this process.
const Mocha = require('mocha');
const assert = require('assert');

const mocha = new Mocha({ reporter: function (runner) {
  runner.on('suite', (suite) => suite.title && console.log('suite', suite.title));
  runner.on('pass', (test) => console.log('pass', test.fullTitle()));
  runner.on('fail', (test, error) => console.log('fail', test.fullTitle(), error.name, error.message.split('\n')[0]));
  runner.on('pending', (test) => console.log('pending', test.fullTitle()));
  runner.on('end', () => console.log(runner.stats.passes, runner.stats.failures, runner.stats.pending));
}, timeout: 2000 });
mocha.suite.emit('pre-require', globalThis, null, mocha);
describe('numbers', () => {
  let n;
  beforeEach(() => { n = 1; });
  it('adds', () => assert.strictEqual(n + 1, 2));
  it('fails', () => assert.deepStrictEqual({ a: n }, { a: 2 }));
  it('waits', async () => { await new Promise((resolve) => setTimeout(resolve, 5)); });
  it('calls back', (done) => setImmediate(done));
  it.skip('is skipped', () => {});
});
mocha.run((failures) => console.log('failures', failures));

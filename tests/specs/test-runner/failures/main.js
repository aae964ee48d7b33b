'use strict';
const { describe, it, test } = require('node:test');

const print = process.stdout.write;
process.stdout.write = function write(text, ...rest) {
  // Times differ from run to run, and what an error looks like is another matter.
  const seen = String(text).split('\n').filter((line) => !/^ {4,}at |^test at /.test(line)).join('\n');
  return Reflect.apply(print, this, [seen.replace(/\([\d.]+ms\)/g, '(N ms)').replace(/duration_ms .*/, 'duration_ms N'), ...rest]);
};

test('throws a text', () => { throw 'nothing but words'; });
test('a subtest fails', (t) => t.test('inner', async () => { throw 'too bad'; }));
test('is late', { timeout: 10 }, () => new Promise(() => {}));
test('plans more', (t) => { t.plan(2); t.assert.ok(true); });
test('may fail', { todo: true }, () => { throw 'not done'; });
describe('a suite', () => it('fails', () => Promise.reject('no')));
test('is fine', () => {});

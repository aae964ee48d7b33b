// AssertionError made by hand, and its properties.
const { AssertionError } = require('assert');
const e = new AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' });
console.log(e.message, e.name, e.code, e.actual, e.expected, e.operator, e.generatedMessage);
console.log(Object.keys(e), e instanceof Error, e.toString());
console.log(new AssertionError({ message: 'own' }).generatedMessage, new AssertionError({ actual: 1, expected: 2, operator: 'my op' }).message);
try { new AssertionError('text'); } catch (err) { console.log(err.code, err.message); }
console.log(require('util').inspect(new AssertionError({ message: 'm' })).split('\n').filter((l) => !l.includes(' at ')).join('\n'));

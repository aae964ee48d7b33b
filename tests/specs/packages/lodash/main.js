'use strict';
const _ = require('lodash');

console.log(_.chunk([1, 2, 3, 4, 5], 2), _.groupBy([6.1, 4.2, 6.3], Math.floor), _.kebabCase('fooBar baz'));
console.log(_.merge({ a: [{ b: 2 }] }, { a: [{ c: 3 }] }), _.get({ a: [{ b: 1 }] }, 'a[0].b'), _.isEqual([1, { a: 2 }], [1, { a: 2 }]));
console.log(_.template('hi <%= user %>!')({ user: 'fred' }), _.range(0, 20, 5), _.cloneDeep(new Map([[1, { a: new Date(0) }]])));
const calls = [];
const debounced = _.debounce((n) => calls.push(n), 5);
debounced(1);
debounced(2);
const throttled = _.throttle((n) => calls.push(`t${n}`), 5, { trailing: false });
throttled(1);
throttled(2);
setTimeout(() => console.log(calls), 40);

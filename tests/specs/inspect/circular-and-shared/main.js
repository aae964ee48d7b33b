// References: circles are numbered where they begin, shared parts are shown again, depth counts anew in each.
const { inspect } = require('util');
const a = { name: 'a' };
const b = { name: 'b', a };
a.b = b;
console.log(a, b, { a, b }, [a, [b]]);
const list = [1];
list.push(list, [list, { list }]);
console.log(list);
const map = new Map();
map.set('self', map).set(map, 'as key').set('inner', new Map([['outer', map]]));
console.log(map);
const set = new Set();
set.add(set).add([set]);
console.log(set);
class Node { constructor(value, parent) { this.value = value; this.parent = parent; this.children = []; parent?.children.push(this); } }
const root = new Node('root');
const child = new Node('child', root);
new Node('grandchild', child);
console.log(root);
console.log(child);
console.log(inspect(root, { depth: 0 }), inspect(root, { depth: 9 }), inspect(root, { compact: false, depth: 1 }));
const shared = { deep: { er: { est: { hidden: true } } } };
console.log({ one: shared, two: [shared], three: { shared: { shared } } });
function fn() {}
fn.self = fn;
fn.holder = { fn };
console.log(fn, { fn });
const error = Object.defineProperty(new Error('circle'), 'stack', { value: 'Error: circle\n    at here' });
error.self = error;
error.wrap = { error };
console.log(error, [error]);
const promise = Promise.resolve();
promise.me = promise;
console.log(promise);
const date = new Date(0);
date.me = date;
console.log(date, Object.assign(/x/, { re: date }));
const withGetter = { get me() { return this; } };
console.log(withGetter, inspect(withGetter, { getters: true }));
const custom = { [inspect.custom](depth, options) { return { again: this.inner, options: Object.keys(options).includes('depth') }; } };
custom.inner = { custom: [custom] };
try {
  console.log(inspect(custom, { depth: 3 }));
} catch (e) {
  console.log(e.name);
}
const x = {};
const y = { x };
x.y = y;
const z = { x, y };
z.z = z;
console.log(z, inspect(z, { sorted: true, compact: 1 }));
const bytes = new Uint8Array(1);
bytes.owner = { bytes };
console.log(bytes);
const long = { first: 'x'.repeat(60) };
long.second = { third: 'y'.repeat(60), long };
console.log(long);

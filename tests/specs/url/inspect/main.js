// How URLs and their parameters look in util.inspect.
const { inspect } = require('util');
const u = new URL('http://u:p@h:81/p?a=1&b=2#x');
u.own = 1;
console.log(u, [u], { a: { b: { c: u } } }, inspect(u, { depth: 0 }), inspect({ a: { b: u.searchParams } }, { depth: 1 }), inspect(u, { compact: false }));
console.log(new URLSearchParams(), [new URLSearchParams('a=b')], inspect(u.searchParams, { colors: true }), inspect(u.searchParams, { depth: -1 }));
console.log(new URLSearchParams({ a: 'x'.repeat(40), b: 'y'.repeat(40) }), u.searchParams.keys(), u.searchParams.values(), u.searchParams.entries());
const entries = u.searchParams.entries();
entries.next();
console.log(entries, entries.next(), entries.next(), entries);

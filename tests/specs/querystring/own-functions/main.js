// Separators and functions of the script's own; replaced escape and unescape; limits.
const qs = require('querystring');
const calls = [];
console.log(qs.parse('a+b=c%20d&é', null, null, { decodeURIComponent: (s) => { calls.push(s); return s.toUpperCase(); } }), calls);
console.log(qs.parse('a=%zz', null, null, { decodeURIComponent: () => { throw new Error('no'); } }), qs.parse('foo===bar', '&', '=='), qs.parse('a&&b=1&&', '&&'), qs.parse('a=1', '', ''));
for (const maxKeys of [0, 1, 2, -1, Infinity, '2']) console.log(maxKeys, qs.parse('a=1&&b=2&a=3&c', null, null, { maxKeys }));
console.log(Object.keys(qs.parse(Array.from({ length: 1500 }, (_, i) => `k${i}`).join('&'))).length);
console.log(qs.stringify({ a: 5n, b: -1e-7, c: true, d: '' }, null, null, { encodeURIComponent: (s) => `<${typeof s}${s}>` }), qs.stringify({ a: [1, 2], b: 'x' }, '; ', ': '));
qs.escape = (s) => `[${s}]`; qs.unescape = (s) => `{${s}}`;
console.log(qs.stringify({ a: 'b' }), qs.parse('a=%41&b'));

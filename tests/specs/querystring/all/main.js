// parse and stringify with odd input and options.
const qs = require('querystring');
for (const text of ['a=1&b=2&a=3', 'a', 'a=', '=b', '&&a=1&', 'a=%20+%C3%A9&x=%zz&y=%', 'a=b=c', 'é=€', '', 'a[]=1&a[]=2', '__proto__=1&hasOwnProperty=2', 'a=1;b=2']) console.log(JSON.stringify(text), qs.parse(text));
console.log(qs.parse('a:1;b:2', ';', ':'), qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }), qs.parse('a=%41', null, null, { decodeURIComponent: (s) => `<${s}>` }), qs.parse(5), qs.parse(null));
console.log(qs.stringify({ a: 1, b: ['x', 'y'], c: '', d: null, e: undefined, f: true, g: NaN, h: Infinity, i: {}, j: 10n, k: 'é €&=', 'l m': 'n' }));
console.log(qs.stringify({ a: 1, b: 2 }, ';', ':'), qs.stringify('x'), qs.stringify(), qs.stringify({ a: '%' }, null, null, { encodeURIComponent: (s) => `[${s}]` }), JSON.stringify(qs.stringify({ a: [] })));
console.log(qs.escape('a b&é\''), qs.unescape('%41%zz%C3%A9'), qs.escape({}), qs.encode === qs.stringify, qs.decode === qs.parse, Object.getPrototypeOf(qs.parse('')));
try { qs.stringify({ a: '\ud800' }); } catch (e) { console.log(e.name, e.code, e.message); }

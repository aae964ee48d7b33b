// Primitives at the top level and inside.
console.log(1, -0, 0, NaN, Infinity, 1e21, 1.5e-7, 123456789.123, 10n, -5n);
console.log('text', '', true, false, null, undefined, Symbol('s'), Symbol(), Symbol.iterator, Symbol.for('reg istered'));
console.log([1, -0, 'text', '', 10n, null, undefined, Symbol('s'), true]);
console.log(['it\'s', "say \"hi\"", `it's "both"`, 'all \' " `', 'tab\t', 'new\nline', '\u0000\u001b\u007f', '\ud83d\ude00', '\ud83d', 'é']);
console.log({ 'quoted key': 1, valid_key: 2, 3: 3, 'üni': 4, '': 5, 'a-b': 6, $d: 7, [Symbol('k')]: 8, [Symbol()]: 9, 'new\nline': 10 });
console.log([new Number(3), new String('abc'), new Boolean(false), Object(Symbol('b')), Object(7n), new Number(-0)]);
console.log(Object.assign(new String('abc'), { extra: 1 }), [Object.assign(new Number(1), { a: 1 })]);

// Reading and writing forms: escapes, plus signs, malformed bytes, odd initial values.
for (const text of ['?a=1&b=2&a=3&c=%20+x&d', 'a=%zz&%41=%ff', '&&=&=&a==b', 'a=\ud800&b=%F0%9F%98%80', '+a+=+b+', 'é=ü', '%', 'a=%F0%9F&b=%C3%28', "!'()*-._~", '\0', 'a&b&', 'a=b=c', '?', '??', 'a=%uD800', '\ufeffa=%EF%BB%BFb']) {
  const p = new URLSearchParams(text);
  console.log(JSON.stringify(text), [...p], p.toString(), p.size);
}
const inits = [{ a: 1, b: [1, 2] }, [['x', 'y'], ['x', 'z']], new Map([['m', 'n']]), null, undefined, 5, true, () => 1, {}, [], new URLSearchParams('q=1'), { '\ud800': 1, '\udbff': 2 }, { a: undefined, b: null }, new Set([['a', 'b']]), [['a']], [1], ['ab'], [null], { [Symbol.iterator]: 5 }, { [Symbol.iterator]: null, a: 1 }, Symbol(), [[1, 2, 3]], (function* pairs() { yield ['a', 'b']; yield new Set(['c', 'd']); })()];
for (const init of inits) try { const p = new URLSearchParams(init); console.log(p.toString(), p); } catch (e) { console.log(e.name, e.code, e.message); }

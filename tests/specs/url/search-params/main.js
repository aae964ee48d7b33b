// URLSearchParams in all its ways.
const p = new URLSearchParams('?a=1&b=2&a=3&c=%20+x&d');
console.log(p, p.get('a'), p.getAll('a'), p.get('zz'), p.has('a'), p.has('a', '3'), p.has('a', '9'), p.size, String(p));
p.append('e', 'é&=+ '); p.set('a', 'only'); p.delete('b'); p.delete('c', 'no match'); p.sort();
console.log(p.toString(), [...p], [...p.keys()], [...p.values()], p.entries(), p.keys());
p.forEach(function (value, key, all) { console.log(key, value, all === p, this.x); }, { x: 1 });
console.log(new URLSearchParams({ a: 1, b: [1, 2] }).toString(), new URLSearchParams([['x', 'y'], ['x', 'z']]).toString(), new URLSearchParams(new Map([['m', 'n']])).toString(), new URLSearchParams(p).toString() === p.toString(), new URLSearchParams().toString() === '');
const u = new URL('http://a/?x=1');
u.searchParams.append('y', '2 3');
console.log(u.href, u.search);
u.search = '?z=9';
console.log([...u.searchParams], u.searchParams === u.searchParams);
u.searchParams.delete('z');
console.log(u.href);
for (const f of [() => new URLSearchParams([['a']]), () => new URLSearchParams([1]), () => p.get(), () => p.append('a'), () => p.forEach(), () => URLSearchParams.prototype.get.call({}, 'a')]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(new URLSearchParams('a=\ud800&b=%F0%9F%98%80&c=%ff').toString(), new URLSearchParams(null).toString(), new URLSearchParams(undefined).size);

// The link between a URL and its searchParams; changes while iterating; sorting.
const u = new URL('http://a/?x=1#h');
const p = u.searchParams;
p.append('y', '2 3'); console.log(u.href);
u.search = 'z=9'; console.log([...p], p === u.searchParams);
p.delete('z'); console.log(u.href);
p.set('é', '&='); u.hash = ''; console.log(u.href, JSON.stringify(u));
u.href = 'http://b/?m=n&m=o'; console.log([...p.keys()]);
u.search = ''; console.log(p.size, u.href);
const q = new URLSearchParams('z=1&a=2&z=0&é=1&\u{1F600}=1&\uFFFD=2&a=1');
q.sort(); console.log([...q]);
q.set('a', 'x'); q.delete('z', '0'); console.log(`${q}`, q.has('a', 'x'), q.has('a', 'y'), q.get('no'), q.getAll('z'));
for (const [k] of q) if (q.size < 10) q.append(`n${q.size}`, k);
console.log(`${q}`);
q.forEach((value, key) => q.delete(key)); console.log(`${q}`);

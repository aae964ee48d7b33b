// indexOf, includes, fill, copy, compare, equals, slice, write, iteration.
const b = Buffer.from('this is a buffer, this is');
console.log(b.indexOf('is'), b.indexOf('is', 3), b.lastIndexOf('is'), b.indexOf(Buffer.from('buf')), b.indexOf(0x61), b.indexOf('nope'), b.indexOf(''), b.indexOf('is', -3), b.lastIndexOf('this', 5), b.includes('a b'), b.indexOf('€'), b.indexOf('6973', 0, 'hex'));
console.log(Buffer.alloc(6).fill('ab'), Buffer.alloc(6).fill('ab', 1, 4), Buffer.alloc(4).fill(300), Buffer.alloc(4).fill('€'), Buffer.alloc(3).fill(''), Buffer.alloc(4).fill('ff0', 'hex'));
const target = Buffer.alloc(6, '.');
console.log(b.copy(target, 1, 0, 3), target.toString(), b.copy(target, 5), target.toString(), b.copy(target, 10), b.copy(target, 0, 30 > b.length ? b.length : 0));
console.log(Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('b').compare(Buffer.from('a')), Buffer.from('abc').compare(Buffer.from('xabx'), 1, 3, 0, 2), Buffer.from('a').equals(new Uint8Array([97])), [Buffer.from('b'), Buffer.from('a')].sort(Buffer.compare));
const slice = b.subarray(0, 4);
slice[0] = 84;
console.log(b.toString('utf8', 0, 4), b.slice(-4).toString(), b.subarray(-4, -2).toString(), slice.buffer === b.buffer, b.slice(5, 2).length);
const w = Buffer.alloc(8, '.');
console.log(w.write('héllo€'), w, w.write('xyz', 6), w.toString('latin1'), w.write('abc', 1, 2), w.write('ffff', 0, 'hex'), w);
console.log([...Buffer.from('ab').entries()], [...Buffer.from('ab').keys()], [...Buffer.from('ab')], Buffer.from('ab').toJSON(), Buffer.from('a').at(-1), Buffer.from([3, 1, 2]).sort(), Buffer.from('abc').reverse().toString());
for (const f of [() => b.copy('x'), () => b.fill('x', 100), () => Buffer.compare('a', b), () => b.equals('x'), () => b.indexOf({}), () => w.write(5), () => w.write('x', 100), () => b.compare(b, 100), () => Buffer.alloc(2).fill('zz', 'hex')]) {
  try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(Buffer.from('x').parent !== undefined, Buffer.from('ab').map((n) => n + 1), Buffer.from('ab') instanceof Uint8Array, Buffer.name, Object.prototype.toString.call(b));

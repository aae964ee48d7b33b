// alloc, allocUnsafe, from in all its forms, concat, isBuffer, byteLength, and their errors.
console.log(Buffer.alloc(5), Buffer.alloc(5, 'ab'), Buffer.alloc(3, 1), Buffer.alloc(4, 'aGk=', 'base64'), Buffer.allocUnsafe(3).length, Buffer.allocUnsafeSlow(2).length);
console.log(Buffer.from('héllo'), Buffer.from([1, 256, -1, 3.7, 'x', '5']), Buffer.from(Buffer.from('copy')), Buffer.from(new Uint16Array([1, 256])), Buffer.from(new String('obj')));
const ab = new ArrayBuffer(4);
const view = Buffer.from(ab, 1, 2);
view[0] = 7;
console.log(new Uint8Array(ab), Buffer.from({ type: 'Buffer', data: [1, 2] }), Buffer.from({ length: 2, 0: 5 }), Buffer.from({ [Symbol.toPrimitive]: () => 'prim' }));
console.log(Buffer.concat([Buffer.from('a'), new Uint8Array([98])]), Buffer.concat([Buffer.from('abc')], 2), Buffer.concat([Buffer.from('a')], 3), Buffer.concat([]));
console.log(Buffer.byteLength('€'), Buffer.byteLength('zz', 'hex'), Buffer.byteLength('aGk', 'base64'), Buffer.byteLength(new ArrayBuffer(3)), Buffer.isBuffer(Buffer.from('')), Buffer.isBuffer(new Uint8Array()), Buffer.isEncoding('UTF8'), Buffer.isEncoding('nope'), Buffer.poolSize);
for (const f of [() => Buffer.from(5), () => Buffer.from(null), () => Buffer.from(), () => Buffer.alloc(-1), () => Buffer.alloc('5'), () => Buffer.from('x', 'nope'), () => Buffer.concat('x'), () => Buffer.concat([1]), () => Buffer.byteLength(5), () => Buffer.from(ab, 5), () => Buffer.from({}), () => Buffer.from(Symbol()), () => Buffer.alloc(1, Buffer.alloc(0))]) {
  try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(require('buffer').constants.MAX_LENGTH > 2 ** 31, require('buffer').kMaxLength > 0, Buffer.of(1, 2), Buffer.copyBytesFrom(new Uint16Array([1, 2]), 1));

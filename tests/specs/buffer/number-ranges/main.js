// What reads and writes of numbers refuse, and where: offsets, byte lengths and values of every kind.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const b = Buffer.alloc(16);
const offsets = [undefined, null, '1', 1.5, -1, 15, 16, NaN, Infinity, {}, 2 ** 32, 1n];
for (const m of ['readUInt8', 'readInt16LE', 'readUInt32BE', 'readFloatLE', 'readDoubleBE', 'readBigInt64LE']) p(m, offsets.map((o) => t(() => b[m](o))).join(' | '));
for (const m of ['readUIntLE', 'readIntBE']) {
  p(m, offsets.map((o) => t(() => b[m](o, 3))).join(' | '));
  p(m, offsets.map((n) => t(() => b[m](0, n))).join(' | '));
  p(m, [1, 2, 3, 4, 5, 6].map((n) => t(() => Buffer.from([255, 254, 253, 252, 251, 250])[m](0, n))).join(' '));
}
const values = [undefined, null, 'x', '12', 1.5, -1.5, -1, 255, 256, -129, 65536, NaN, Infinity, 2 ** 32, -(2 ** 31) - 1, 2 ** 53, 1n, true];
for (const m of ['writeUInt8', 'writeInt8', 'writeUInt16LE', 'writeInt16BE', 'writeUInt32BE', 'writeInt32LE', 'writeFloatLE', 'writeDoubleBE', 'writeBigInt64LE', 'writeBigUInt64BE']) {
  p(m, values.map((v) => `${t(() => b.fill(0)[m](v))} ${b.toString('hex', 0, 8)}`).join(' | '));
  p(m, offsets.map((o) => t(() => b[m](m.includes('Big') ? 5n : 5, o))).join(' | '));
  p(m, t(() => b[m](m.includes('Big') ? 2n ** 65n : 2 ** 70, 99)), t(() => b[m](m.includes('Big') ? 2n ** 65n : 2 ** 70, 'x')));
}
for (const m of ['writeUIntLE', 'writeIntBE']) {
  for (let n = 1; n <= 6; n++) p(m, n, [...values, 2 ** (8 * n - 1), -(2 ** (8 * n - 1)), 2 ** (8 * n), 2 ** (8 * n) - 1].map((v) => `${t(() => b.fill(0)[m](v, 1, n))} ${b.toString('hex', 0, 8)}`).join(' | '));
  p(m, offsets.map((o) => t(() => b[m](1, o, 3))).join(' | '), offsets.map((n) => t(() => b[m](1, 0, n))).join(' | '), t(() => b[m](1)));
}
p(t(() => Buffer.alloc(1).readInt16LE()), t(() => Buffer.alloc(0).writeDoubleLE(1)), t(() => Buffer.alloc(9).readBigInt64LE(2)), t(() => Buffer.prototype.readInt8.call(new Uint8Array([255]))), t(() => Buffer.prototype.readInt8.call({}, 0)));

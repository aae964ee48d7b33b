// Numbers in and out, with ranges checked.
const b = Buffer.alloc(16);
console.log(b.writeUInt8(255, 0), b.writeInt16BE(-2, 1), b.writeUInt32LE(0xdeadbeef, 3), b.writeDoubleBE(1.5, 7), b);
console.log(b.readUInt8(0), b.readInt8(0), b.readInt16BE(1), b.readUInt16LE(1), b.readUInt32LE(3), b.readInt32BE(3), b.readDoubleBE(7), b.readFloatLE(3), b.readUint8(1));
console.log(b.writeBigInt64LE(-5n, 8), b.readBigInt64LE(8), b.readBigUInt64BE(8), b.writeUIntBE(0x123456, 0, 3), b.readUIntBE(0, 3), b.readIntLE(0, 6), b.writeIntBE(-1, 0, 6), b.readUIntLE(0, 6));
console.log(b.writeFloatBE(0.1, 0), b.readFloatBE(0), b.writeFloatLE(NaN, 0), b.readFloatLE(0), b.writeDoubleLE(-Infinity, 0), b.readDoubleLE(0));
for (const f of [() => b.readUInt8(16), () => b.readInt32LE(13), () => b.readUInt8(-1), () => b.readUInt8(1.5), () => b.readUInt8('0'), () => b.writeUInt8(256, 0), () => b.writeInt8(-129, 0), () => b.writeUInt16LE(70000, 0),
  () => b.writeInt32BE(2 ** 31, 0), () => b.writeBigUInt64LE(-1n, 0), () => b.writeBigInt64BE(1, 0), () => b.readUIntLE(0, 7), () => b.readUIntBE(0), () => b.writeIntLE(2 ** 40, 0, 5), () => Buffer.alloc(0).readUInt8(), () => b.writeUInt8('x', 0)]) {
  try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([1, 2, 3, 4]).swap32(), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).swap64());
try { Buffer.alloc(3).swap16(); } catch (e) { console.log(e.code, e.message); }

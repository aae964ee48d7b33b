// Values as bytes and back.
const v8 = require('v8');
const attempt = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const value = { a: [1, 'x', , 2n], map: new Map([[1, new Set(['s'])]]), date: new Date(0), re: /x/g, error: new RangeError('m').message, buffer: Buffer.from('ab'), big: new BigInt64Array([1n]), half: new Float16Array([1]) };
value.self = value;
attempt(() => v8.deserialize(v8.serialize(value)));
attempt(() => v8.deserialize(v8.serialize(new DataView(new ArrayBuffer(3), 1))).byteLength);
attempt(() => v8.serialize(() => {}));
for (const bytes of [Buffer.from('ffff', 'hex'), Buffer.from('00', 'hex'), 'x', Buffer.from('ff0f', 'hex'), Buffer.from('ff0f49', 'hex')]) attempt(() => v8.deserialize(bytes));
attempt(() => new v8.Deserializer(5));
const s = new v8.Serializer();
attempt(() => [s, s.writeHeader(), s.writeValue(5), s.writeUint32(7), s.writeUint64(1, 2), s.writeDouble(1.5), s.writeRawBytes(Buffer.from('q'))]);
attempt(() => s.writeRawBytes('q'));
attempt(() => s.transferArrayBuffer(1, 5));
attempt(() => s.writeValue(new SharedArrayBuffer(1)));
const bytes = s.releaseBuffer();
attempt(() => [Buffer.isBuffer(bytes), s.releaseBuffer()]);
const d = new v8.Deserializer(bytes);
attempt(() => [d.readHeader(), d.readValue(), d.readUint32(), d.readUint64(), d.readDouble(), d.readRawBytes(1)]);
attempt(() => d.readRawBytes(100));
attempt(() => d.readDouble());
class Own extends v8.Serializer {
  _getDataCloneError = RangeError;
  _writeHostObject(object) { this.writeUint32(object.length); }
}
attempt(() => new Own().writeValue(() => {}));
attempt(() => {
  const own = new Own();
  own._setTreatArrayBufferViewsAsHostObjects(true);
  own.writeHeader();
  own.writeValue([new Uint8Array(7)]);
  class Back extends v8.Deserializer { _readHostObject() { return { length: this.readUint32() }; } }
  const back = new Back(own.releaseBuffer());
  back.readHeader();
  return back.readValue();
});
attempt(() => Object.keys(v8.getHeapStatistics()));
attempt(() => v8.getHeapSpaceStatistics().map((space) => space.space_name));
attempt(() => [typeof v8.cachedDataVersionTag(), v8.isStringOneByteRepresentation('ä'), v8.isStringOneByteRepresentation('\u0100')]);
attempt(() => v8.setFlagsFromString(5));
attempt(() => v8.isStringOneByteRepresentation(5));
const stop = v8.promiseHooks.createHook({ init(promise, parent) { console.log('init', promise instanceof Promise, parent !== undefined); }, settled() { console.log('settled'); } });
Promise.resolve(1).then(() => {});
stop();

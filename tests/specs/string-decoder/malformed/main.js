// Bytes that are no text, what the decoder keeps, wrong arguments.
const { StringDecoder } = require('string_decoder');
for (const chunks of [[[0xe2, 0x41], [0xff, 0xc3]], [[0xed], [0xa0], [0x80]], [[0xf4], [0x90], [0x80, 0x80]], [[0xc3], [0xc3], [0xa9]], [[0xe2, 0x82], [0xe2, 0x82, 0xac]], [[0xf8], [0x80]], [[0x80]], [[], [0xe2], [], [0x82, 0xac]], [[0xf0, 0x9f, 0x98], [0x41]]]) {
  const d = new StringDecoder('utf8');
  console.log(chunks.map((chunk) => [d.write(Buffer.from(chunk)), d.lastNeed, d.lastTotal, d.lastChar]), JSON.stringify(d.end()), d.lastNeed);
}
const d = new StringDecoder('UTF-16LE');
console.log(d.write(Buffer.from([0x3d, 0xd8, 0x3d])), JSON.stringify(d.end()), d.encoding, d.write(new Uint16Array([65, 66])), d.write(new DataView(new ArrayBuffer(2))), d.text(Buffer.from('a\0b\0'), 2));
for (const f of [() => d.write(null), () => d.write([]), () => d.end(5), () => new StringDecoder('x'), () => new StringDecoder(false), () => StringDecoder(), () => StringDecoder.prototype.write.call({}, Buffer.alloc(1))]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(new StringDecoder(), Object.keys(StringDecoder.prototype), new StringDecoder(null).encoding, new StringDecoder('binary').encoding);

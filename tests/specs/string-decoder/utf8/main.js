// Characters that come in pieces.
const { StringDecoder } = require('string_decoder');
const decode = (encoding, ...chunks) => {
  const d = new StringDecoder(encoding);
  console.log(encoding, [...chunks.map((c) => d.write(Buffer.from(c))), d.end()]);
};
decode('utf8', [0xe2], [0x82], [0xac]);
decode('utf8', [0xf0, 0x9f], [0x98, 0x80, 0x41]);
decode('utf8', [0xe2, 0x82]);
decode('utf8', [0xe2, 0x41], [0xff, 0xc3]);
decode('utf8', [0xed, 0xa0, 0x80], [0xc0, 0x80]);
decode('utf16le', [0x3d], [0xd8, 0x00], [0xde, 0x41, 0x00]);
decode('utf16le', [0x3d, 0xd8]);
decode('base64', [1], [2], [3, 4]);
decode('hex', [1, 255], [16]);
decode('latin1', [0xe9, 0x80], []);
decode('ascii', [0xe9, 0x41]);
const d = new StringDecoder();
console.log(d.encoding, d.write('string stays'), d.end(Buffer.from('tail')), d.end(), d.lastNeed, d.lastTotal);
for (const f of [() => new StringDecoder('nope'), () => d.write(5), () => new StringDecoder(5)]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }

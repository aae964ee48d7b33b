// TextEncoder and TextDecoder.
const encoder = new TextEncoder();
console.log(encoder.encode('aé€😀'), encoder.encode(), encoder.encode('\ud800'), encoder.encoding);
const target = new Uint8Array(4);
console.log(encoder.encodeInto('é€x', target), target);
const decoder = new TextDecoder();
console.log(decoder.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xe2, 0x82])), decoder.encoding, decoder.fatal, decoder.ignoreBOM);
console.log(JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))));
const stream = new TextDecoder();
console.log(stream.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + stream.decode(new Uint8Array([0xac]), { stream: true }) + stream.decode());
for (const label of ['utf8', 'UTF-16LE', 'latin1', 'ascii', 'windows-1252', 'utf-16be', 'iso-8859-2', 'shift_jis']) {
  console.log(label, new TextDecoder(label).encoding, JSON.stringify(new TextDecoder(label).decode(new Uint8Array([0x41, 0x80, 0xe9, 0x00]))));
}
for (const f of [() => new TextDecoder('nope'), () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])), () => decoder.decode('text'), () => encoder.encodeInto('x', [])]) {
  try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(decoder, encoder);

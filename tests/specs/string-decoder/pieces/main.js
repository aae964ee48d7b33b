// Every way to cut a few texts in two or three, in every encoding.
const { StringDecoder } = require('string_decoder');
const bytes = Buffer.from('aé€😀z');
for (const [encoding, data] of [['utf8', bytes], ['utf16le', Buffer.from('a€😀', 'utf16le')], ['base64', bytes], ['base64url', bytes], ['hex', bytes.subarray(0, 4)], ['latin1', bytes.subarray(0, 4)]]) {
  const seen = new Set();
  for (let i = 0; i <= data.length; i++) {
    for (let j = i; j <= data.length; j++) {
      const d = new StringDecoder(encoding);
      const parts = [data.subarray(0, i), data.subarray(i, j), data.subarray(j)].map((part) => d.write(part));
      seen.add(parts.join('') + d.end());
      if (j === i + 1) console.log(encoding, i, parts, [d.lastNeed, d.lastTotal]);
    }
  }
  console.log(encoding, [...seen]);
}

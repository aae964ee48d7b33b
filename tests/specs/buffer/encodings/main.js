// Every encoding, both ways, with bad input.
const bytes = Buffer.from([0, 1, 0x7f, 0x80, 0xff, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80, 0x41]);
for (const encoding of ['utf8', 'utf-8', 'ucs2', 'utf16le', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url', 'HEX']) {
  console.log(encoding, JSON.stringify(bytes.toString(encoding)));
}
for (const [text, encoding] of [['68656c6c6f', 'hex'], ['abc', 'hex'], ['zz11', 'hex'], ['aGVsbG8=', 'base64'], ['aGVsbG8', 'base64'], ['a-_b', 'base64'], ['aG Vs\nbG8=', 'base64'], ['a===', 'base64'], ['_-8', 'base64url'], ['é€', 'latin1'], ['é€', 'ascii'], ['é€😀', 'utf16le'], ['\ud800x', 'utf8'], ['', 'hex']]) {
  console.log(encoding, JSON.stringify(text), Buffer.from(text, encoding));
}
console.log(bytes.toString('utf8', 5, 7), bytes.toString('hex', -5, 3), bytes.toString('hex', 3, 1), bytes.toString(undefined, 17), JSON.stringify(Buffer.from('hi')));
console.log(atob('aGk='), btoa('hi'), Buffer.from(Buffer.from('ÿ').toString('latin1'), 'latin1').toString());
for (const f of [() => bytes.toString('nope'), () => btoa('€'), () => atob('*'), () => atob()]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
const { transcode, isUtf8, isAscii } = require('buffer');
console.log(transcode(Buffer.from('€é'), 'utf8', 'latin1'), isUtf8(bytes), isUtf8(Buffer.from('é')), isAscii(Buffer.from('a')), isAscii(Buffer.from('é')));

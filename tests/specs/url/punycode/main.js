// The old module punycode, and that it warns.
const punycode = require('punycode');
for (const text of ['mañana', 'münchen', '☃', '日本語', 'abc', '', '-', 'Bücher', '😀a', 'ü-ü']) console.log(text, punycode.encode(text), punycode.decode(punycode.encode(text)), punycode.toASCII(`x@${text}。de`), punycode.toUnicode(punycode.toASCII(`${text}.com`)), punycode.ucs2.decode(text));
for (const text of ['é-a', '!!!', '99999999', '-a', 'ZZZ', 'x']) try { console.log(punycode.decode(text)); } catch (e) { console.log(e.name, e.message); }
console.log(punycode);

// Escapes that are malformed, and bytes.
const qs = require('querystring');
for (const text of ['%', '%4', '%41%u1234%zz', '%C3', '%C3%A9%ff', '+', '%2B', '%FE%FF', 'é%ff', '%F0%9F%98%80']) console.log([text], qs.parse(`k=${text}`), qs.unescape(text), qs.unescapeBuffer(text), qs.unescapeBuffer(text, true));
for (const value of [5, true, [1, 2], 10n, '\u{1F600}é~', "!'()*-._~", '\ud800a', '\ud800', 'a\udc00', Symbol('x'), undefined, null, '']) try { console.log(qs.escape(value)); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(qs, Object.entries(qs).map(([name, f]) => [name, f.name, f.length]));

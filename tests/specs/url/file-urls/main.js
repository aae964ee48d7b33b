// Between paths and file URLs, on both systems.
const { fileURLToPath, fileURLToPathBuffer, pathToFileURL } = require('url');
const attempt = (f) => { try { const r = f(); return r instanceof URL ? r.href : r; } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
for (const input of ['file:///%zz', 'file:///a%2fb', 'file:///a%5Cb', 'file:///C:/x', 'file://localhost/x', 'file://h/x', 'FILE:///x', 'http://x', 5, null, { href: 'file:///q', protocol: 'file:', hostname: '', pathname: '/q' }, new URL('file:///é%20?x#y'), 'nope', 'file:///%00', 'file:///%F0%9F%98%80%ff', 'file://h/C:/é']) {
  console.log(String(input?.href ?? input), [undefined, { windows: true }].map((o) => [attempt(() => fileURLToPath(input, o)), attempt(() => fileURLToPathBuffer(input, o))]));
}
for (const path of ['/a b', '/', '/a%b\\c\nd\re\tf?g#h', '/é[]{}|^`~"<>', '/a//b/../c', '/a/b/', '/:/@&=+$,;!*\'()', '/\ud800']) console.log(JSON.stringify(path), attempt(() => pathToFileURL(path)));
for (const path of ['C:\\x\\y', 'C:\\', '\\\\server\\share\\f', '\\\\server', '\\\\?\\C:\\x', '\\\\?\\UNC\\server\\share\\x', 'C:\\a b\\%#?', '\\\\s\\sh#a?b%']) console.log(path, attempt(() => pathToFileURL(path, { windows: true })));
console.log(attempt(() => pathToFileURL(5)), attempt(() => pathToFileURL('x')) === `file://${process.cwd()}/x`);

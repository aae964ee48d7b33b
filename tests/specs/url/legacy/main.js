// url.parse, format, resolve, and the file URL functions.
const url = require('url');
for (const text of ['http://user:pw@host.com:80/p/a?q=s#h', '/just/path?x', 'mailto:a@b.c', '//host/x', 'HTTP://UP.case/PATH', 'http://a.b/ space', 'x:y', '']) console.log(text, { ...url.parse(text) });
console.log(url.parse('http://a/?x=1&y=2', true).query, url.parse('//h/p', false, true).host, url.resolve('/one/two/three', 'four'), url.resolve('http://a.com/b', '/c'), url.resolve('http://a.com/b', '../../d'));
console.log(url.format({ protocol: 'http', host: 'h', pathname: '/p', query: { a: 1 } }), url.format(new URL('http://u:p@測試/?q#h'), { auth: false, fragment: false, search: false, unicode: true }), url.format({ hostname: 'h', port: 1, search: '?s' }));
console.log(url.fileURLToPath('file:///a%20b/%C3%A9'), url.pathToFileURL('/a b/é#?%').href, url.urlToHttpOptions(new URL('http://u:p@h:1/p?q')), url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.domainToASCII('xn--iñvalid.com'));
for (const f of [() => url.fileURLToPath('http://x'), () => url.fileURLToPath('file://host/x'), () => url.fileURLToPath('file:///a%2Fb'), () => url.parse(5), () => url.format(5), () => url.fileURLToPath(5), () => url.parse('http://a:b:c')]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }

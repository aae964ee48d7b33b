// urlToHttpOptions, domainToASCII, domainToUnicode.
const { urlToHttpOptions, domainToASCII, domainToUnicode } = require('url');
for (const text of ['http://u:p@h:1/p?q#h', 'http://[::1]/', 'https://h', 'http://%75:%70@h/', 'file:///x', 'data:x']) console.log(urlToHttpOptions(Object.assign(new URL(text), { own: 1 })));
console.log(urlToHttpOptions({ hostname: 'a' }));
for (const f of [() => urlToHttpOptions(5), () => urlToHttpOptions(new URL('http://%zz@h/')), () => domainToASCII(), () => domainToUnicode()]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
for (const domain of ['español.com', 'xn--espaol-zwa.com', 'EXAMPLE.com', 'a b', '', '1.2.3', '0x7f.1', '[::1]', '中文.com', 'faß.de', 'xn--fa-hia.de', 'a_b', '*.x', '☕.example', 'a..b', '.a', '-a-', 'ＧＯ.com', 5, undefined]) console.log(domain, domainToASCII(domain), domainToUnicode(domain));

// url.format of objects, texts and URLs.
const url = require('url');
for (const o of [{}, { protocol: 'http:', host: 'a', pathname: 'b' }, { protocol: 'mailto', pathname: 'a@b' }, { pathname: 'a?b#c' }, { slashes: true, host: 'x' }, { protocol: 'file', pathname: '/a' }, { auth: 'u:p@x/ y', host: 'h' }, { auth: 'u:p', hostname: '::1', port: 80 }, { hostname: '[::1]' }, { search: 'a=b#c' }, { hash: 'x' }, { query: { a: ['b', 'c'] } }, { query: {} }, { query: 'a=b' }, { protocol: 'x', slashes: true, hostname: 'h', pathname: 'p' }, { host: 'h', hostname: 'i', port: 3 }, { pathname: '//x' }, { search: '?a', query: { b: 1 } }, { hostname: 'a', pathname: 'é ü' }, { protocol: 'ws', pathname: 'x' }, 'http://a b/c', []]) console.log(o, url.format(o));
for (const o of [5, null, undefined, () => 1, true]) try { console.log(url.format(o)); } catch (e) { console.log(e.name, e.code, e.message); }
const u = new URL('http://u:p@測試:81/a?q#h');
for (const o of [undefined, {}, { auth: false }, { fragment: false }, { search: false }, { unicode: true }, { auth: 0, fragment: '', search: null, unicode: 1 }, null]) console.log(o, url.format(u, o));
for (const o of [5, true, 'x']) try { console.log(url.format(u, o)); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(url.format(new URL('mailto:a@b?c#d'), { search: false }), url.format(new URL('file:///a/b'), { unicode: true }), new url.Url(), Object.keys(url.Url.prototype), Object.keys(url));

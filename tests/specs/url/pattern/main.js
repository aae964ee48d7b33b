// URLPattern: what patterns mean, how they are written again, what they find.
const names = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash', 'hasRegExpGroups'];
const patterns = [[{ pathname: '/books/:id' }], ['http://a/:b'], ['https://*.example.com/foo/*'], ['/x/:y?', 'http://a/b'], ['?q=*', 'http://a/b'], ['#h', 'http://a/b?c'], ['../x', 'http://a/b/c'], ['data\\:foo*'], ['http{s}?://a'], ['https://a:8080/'], ['http://[\\:\\:1]/'], [':protocol://:host/:path*'], ['http://u:p@h/x?y#z'], [{ pathname: '/(\\d+)' }], [{ pathname: '/{foo/:bar}*' }], [{ pathname: '/:a+' }], [{ pathname: '*.:ext' }], [{ hostname: '{*.}?a.com' }], [{ hostname: 'MÜNCHEN.de' }], [{ protocol: 'http(s?)' }], [{ protocol: 'https', port: '443' }], [{ baseURL: 'http://a:8/b/c?d#e' }], [{ pathname: 'x', baseURL: 'http://a/b/c' }], [{ protocol: 'foo', pathname: 'a/:b' }], [{ pathname: '/{:a}b' }], [{ pathname: '/a b/é' }], [{ search: '?a', hash: '#b' }], [{ pathname: '/X' }, { ignoreCase: true }]];
const inputs = ['http://a/books/5', 'http://a/x', 'https://www.example.com/foo/bar', 'http://a/b?q=1', 'http://a/b/c', 'data:foobar', 'http://[::1]/', 'http://a/12', 'http://a/q.txt', 'foo:a/b', 'http://xn--mnchen-3ya.de/', 'https://a.com/'];
for (const args of patterns) {
  const p = new URLPattern(...args);
  console.log(args, names.map((name) => p[name]), inputs.filter((input) => p.test(input)));
}
for (const args of [['foo'], ['(', 'http://a'], [{ pathname: '(' }], [{ pathname: '/:a/:a' }], [{ pathname: '/(a(b))' }], [{ pathname: '/:' }], [{ port: 'x' }], [{ hostname: 'bad host' }], [{}, 'http://a'], [5]]) try { new URLPattern(...args); } catch (e) { console.log(args, e.name, e.code, e.message); }
const p = new URLPattern('/a/:b(\\d+)/*', 'http://h');
console.log(p, p.exec('http://h/a/12/c/d'), p.exec('/a/3/', 'http://h'), p.exec({ pathname: '/a/4/x', protocol: 'http', hostname: 'h' }), p.exec('http://h/a/b'));
console.log(require('url').URLPattern === URLPattern);

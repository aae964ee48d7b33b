// URL: parsing, setters, searchParams, static methods, errors, how it is inspected.
const list = ['https://user:pa%20ss@EXAMPLE.com:8080/p/a/../th/?q=1&q=2#frag', 'http://xn--nxasmq6b/', 'http://münchen.de/ä?ö#ü', 'file:///a/b', 'file://host/x', 'mailto:a@b', 'data:text/plain,x', 'http://[::1]:80/', 'http://0x7f.1/', 'http://a.b:443', 'https://a.b:443', 'javascript:alert(1)', 'http://a/%7e/%zz', 'non-special:/x/../y', 'blob:http://a/b'];
for (const text of list) { const u = new URL(text); console.log(text, '→', u.href, [u.origin, u.protocol, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash]); }
console.log(new URL('../x?y', 'http://a/b/c/d').href, new URL('//h/p', 'https://a').href, new URL('#f', 'http://a/b?c').href, new URL('?q', 'http://a/b').href, URL.canParse('nope'), URL.parse('nope'), URL.parse('/x', 'http://a')?.href);
const u = new URL('http://a/b');
u.protocol = 'https'; u.host = 'h:1'; u.port = '70000'; u.pathname = 'x y'; u.search = 'a b'; u.hash = 'h h'; u.username = 'me@'; u.password = ':'; u.hostname = 'bad host';
console.log(u.href, JSON.stringify(u), String(u) === u.href, u.toJSON());
console.log(u);
for (const f of [() => new URL('nope'), () => new URL('/x', 'nope'), () => new URL(), () => new URL('http://a b'), () => new URL('http://[::z]'), () => (u.href = 'nope'), () => URL('x')]) try { f(); } catch (e) { console.log(e.name, e.code, e.message, e.input, e.base); }
console.log({ nested: { url: new URL('http://x/') } }, Object.keys(u), u[Symbol.toStringTag], 'href' in u);

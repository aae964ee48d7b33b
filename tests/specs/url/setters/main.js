// Every setter of URL with good and bad values.
const bases = ['http://u:p@h:81/p?a#b', 'mailto:x', 'file:///a/b', 'foo://h:8/x', 'https://h/'];
const values = ['', 'x', 'https', 'a b', 'é', 'h:9', '9', '99999', '8x', 'a/b', '/z', '?q', '#f', '[::2]', 'a%20b', '..', null, 'a#b?c', 5];
for (const base of bases) {
  for (const name of ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
    console.log(base, name, values.map((value) => { const u = new URL(base); u[name] = value; return u.href; }));
  }
}

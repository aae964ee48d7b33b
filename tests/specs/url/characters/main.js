// Which characters are escaped in which part.
for (let code = 0x20; code < 0x80; code++) {
  const c = String.fromCharCode(code);
  const u = new URL('http://h/');
  u.username = c; u.password = c; u.pathname = `/x${c}y`; u.search = `x${c}y`; u.hash = `x${c}y`;
  const o = new URL('foo:bar');
  o.search = `x${c}y`; o.hash = `x${c}y`;
  console.log(JSON.stringify(c), u.username, u.password, u.pathname, u.search, u.hash, o.href, String(new URLSearchParams([[c, 'é']])));
}

// What a reference means on many bases.
const bases = ['http://a/b/c/d?q#f', 'file:///C:/x/y', 'mailto:a@b', 'foo://h/p/q', 'foo:/p/q', 'data:x', 'http://u:p@h:8/'];
const references = ['', 'x', '../x', '/x', '//y/z', '?q', '#f', '.', '..', '../../../..', 'http:x', 'x:y', './a:b', '%2e%2e/x', ' x ', 'a/./b/../c', 'é?ü#ö', 'http://z', '//', ';x', 'g?y/./x'];
for (const base of bases) {
  for (const reference of references) {
    let result;
    try { result = new URL(reference, base).href; } catch (e) { result = [e.code, e.input, e.base]; }
    console.log(base, JSON.stringify(reference), result, URL.canParse(reference, base), URL.parse(reference, base)?.href);
  }
}

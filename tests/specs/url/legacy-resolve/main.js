// url.resolve over all pairs.
const url = require('url');
const bases = ['/one/two/three', 'http://example.com/', 'http://u:p@h:8/a/b?c#d', 'mailto:a@b', '/', 'a/b', '', '//h/x', 'http://a/b/c/d;p?q', 'file:///a/b', 'javascript:x', 'x:y/z', 'http:', '../a/b', './'];
const references = ['four', '/c', '../../d', '', '.', '..', './', '../', '//x/y', '?q', '#h', 'http://n/m', 'g:h', 'http:g', 'https:g', '/../g', 'g.', './g/.', 'g/../h', 'g?y/./x', '../../../../g', 'mailto:q@w', 'a@b', 'x y', 'file:/x', 'http://', 'é', 'http://u:p@'];
for (const base of bases) console.log(base, references.map((reference) => url.resolve(base, reference)));
console.log({ ...url.resolveObject('http://a/b', 'c') }, { ...url.parse('http://a/b').resolveObject('../q?z') }, url.parse('http://a/b').resolve('x'), url.resolve('x', url.parse('http://q/w')));
for (const f of [() => url.resolve(5, 'x'), () => url.resolve('x', 5)]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }

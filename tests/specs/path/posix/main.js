// The functions of path, on difficult paths.
const path = require('path');
const paths = ['/a/b/c.txt', 'a', '', '.', '..', '/', '//a', 'a/', 'a//b/../c', '/../x', './x', '.bashrc', 'a.b.c', 'a.', 'a/.b/', '/a/b/.', 'x/../..', 'C:\\a'];
for (const p of paths) console.log(JSON.stringify(p), [path.dirname(p), path.basename(p), path.extname(p), path.normalize(p), path.isAbsolute(p)], path.parse(p));
console.log(path.join('/a', '..', 'b', './c', ''), path.join(), path.join('', ''), path.join('a', '', '/b'), path.join('..', 'a'), path.basename('/a/b.txt', '.txt'), path.basename('b', 'b'), path.basename('aabb', 'bb'));
console.log(path.resolve('/a', 'b', '../c'), path.resolve('/a', '/b'), path.resolve('') === process.cwd(), path.relative('/a/b/c', '/a/d'), path.relative('/a', '/a'), path.relative('/a/b', '/a/b/c/d'), path.relative('/', '/x'));
console.log(path.format({ dir: '/d', base: 'b.t' }), path.format({ root: '/', name: 'n', ext: '.e' }), path.format({ name: 'n', ext: 'e' }), path.format({ dir: '/', base: 'x' }), path.sep, path.delimiter, path.posix === path, path.win32.sep);
console.log(path.matchesGlob('/a/b.js', '/a/*.js'), path.toNamespacedPath('/x'), path.posix.win32 === path.win32);
for (const f of [() => path.join(1), () => path.dirname(null), () => path.resolve({}), () => path.format(null), () => path.basename('a', 5), () => path.relative('a')]) try { f(); } catch (e) { console.log(e.code, e.message); }

// path.win32 on any system.
const { win32: path } = require('path');
const paths = ['C:\\a\\b.txt', 'C:', 'C:a', 'C:\\', '\\\\server\\share\\x', '\\\\server\\share', '/a/b', 'a\\b/c', '', '..\\..', 'c:/x/../y', '\\\\?\\C:\\x', 'D:..\\z', 'a:b:c', 'x.y.z\\', 'con', '\\a'];
for (const p of paths) console.log(JSON.stringify(p), [path.dirname(p), path.basename(p), path.extname(p), path.normalize(p), path.isAbsolute(p)], path.parse(p));
console.log(path.join('C:\\a', '..', 'b'), path.join('a', '/b'), path.join('//a', 'b'), path.resolve('C:\\a', '\\b'), path.resolve('C:\\a', 'D:b', 'C:c'), path.resolve('\\\\s\\h', 'x'));
console.log(path.relative('C:\\a\\b', 'C:\\a\\c\\d'), path.relative('C:\\a', 'D:\\b'), path.relative('C:\\A', 'c:\\a\\x'), path.format({ dir: 'C:\\d', base: 'b' }), path.sep, path.delimiter);
console.log(path.toNamespacedPath('C:\\x'), path.toNamespacedPath('\\\\s\\h\\x'), path.basename('a\\b.html', '.html'), path.matchesGlob('a\\b.js', 'a\\*.js'));

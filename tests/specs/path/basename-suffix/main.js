// basename with a suffix, extname and parse where it is unclear what an extension is.
const { posix, win32 } = require('path');
for (const p of ['a.b', '.a', '.a.b', '..', '...', 'a.', 'a..', '.a.', '/.', '/..', '/a/..', 'a/.b.', 'x/', 'x//', '//', '', 'é.ü', 'a.b/', 'a.b/c']) {
  console.log(p, ['.b', 'a.b', 'b', '.', '', '/', 'x/'].map((suffix) => posix.basename(p, suffix)), posix.extname(p), win32.extname(p), posix.parse(p), win32.parse(p).name);
}

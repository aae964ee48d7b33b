// Names that Windows reserves, colons where no drive is, and namespaced paths.
const { win32: path } = require('path');
for (const p of ['CON', 'con:', 'NUL:\\x', 'COM1:a', 'LPT9:..\\x', 'ab:c:d', 'x\\C:', '.\\C:\\y', 'COM¹:', 'prn:a/b', 'CONx:', 'a\\CON:', '\\\\.\\COM1', '\\\\?\\C:\\a\\..\\b', '\\\\.\\pipe\\x', '//?/c:/x', '\\\\server', '\\\\server\\', '\\\\\\a']) {
  console.log(p, [path.normalize(p), path.join(p, '..', 'z'), path.resolve('C:\\', p), path.toNamespacedPath(path.resolve('C:\\', p)), path.dirname(p), path.basename(p), path.isAbsolute(p)]);
}

// resolve, normalize and join over all pairs of difficult paths.
const { posix, win32 } = require('path');
const parts = ['', '.', '..', '/', 'a', '/a/', '../b', './c//d', '/../e', 'f/..', '...'];
for (const a of parts) console.log(JSON.stringify(a), parts.map((b) => [posix.resolve('/r', a, b), posix.join(a, b), posix.normalize(`${a}/${b}`)].join(' ')));
const drives = ['C:', 'C:\\', 'C:a', 'D:\\b', '\\c', 'd/e', '\\\\s\\h', '\\\\s\\h\\f', '..', ''];
for (const a of drives) console.log(JSON.stringify(a), drives.map((b) => [win32.resolve('C:\\r', a, b), win32.join(a, b), win32.normalize(`${a}\\${b}`)].join(' ')));

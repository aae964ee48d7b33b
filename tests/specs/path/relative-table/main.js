// relative between many paths, on both systems.
const { posix, win32 } = require('path');
const paths = ['/', '/a', '/a/b', '/a/b/c', '/a/bc', '/ab', '/b', '/a/../b', '/a/b/'];
for (const from of paths) console.log(from, paths.map((to) => posix.relative(from, to)));
const drives = ['C:\\', 'C:\\a', 'c:\\A\\b', 'C:\\ab', 'D:\\a', '\\\\s\\h\\', '\\\\s\\h\\x', '\\\\s\\g\\x', 'C:\\a\\..\\b', 'C:/a/b/'];
for (const from of drives) console.log(from, drives.map((to) => win32.relative(from, to)));

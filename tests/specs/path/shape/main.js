// What the module consists of.
const path = require('path');
console.log(path, path.posix === path, require('path/win32') === path.win32, require('node:path/posix') === path, path.win32.posix === path);
for (const [name, value] of Object.entries(path)) if (typeof value === 'function') console.log(name, value.name, value.length, value === path.win32[name]);

// A module reached through a symbolic link is known by its real path.
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = path.join(os.tmpdir(), 'links');
fs.mkdirSync(path.join(dir, 'real'), { recursive: true });
fs.writeFileSync(path.join(dir, 'real', 'lib.js'), 'exports.file = __filename;');
fs.symlinkSync(path.join(dir, 'real'), path.join(dir, 'link'));
console.log(require(path.join(dir, 'link', 'lib')), require(path.join(dir, 'link', 'lib')) === require(path.join(dir, 'real', 'lib')));

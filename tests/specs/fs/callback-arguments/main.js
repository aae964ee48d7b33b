// How many arguments callbacks are given, and that they run later.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'ca-')));
fs.writeFileSync('f', 'abc');
fs.symlinkSync('f', 'l');
const fd = fs.openSync('f', 'r+');
const bad = 999;
const calls = [['access', 'f'], ['access', 'x'], ['appendFile', 'f', 'd'], ['chmod', 'f', 0o600], ['copyFile', 'f', 'g'], ['copyFile', 'x', 'y'], ['exists', 'f'], ['fchmod', fd, 0o644], ['fdatasync', fd], ['fsync', bad], ['ftruncate', fd, 2], ['futimes', fd, 1, 1], ['link', 'f', 'h'], ['link', 'f', 'h'], ['lutimes', 'l', 1, 1], ['mkdir', 'd'], ['mkdir', 'd'], ['read', fd, Buffer.alloc(2), 0, 2, 0], ['read', bad, Buffer.alloc(2), 0, 2, 0], ['read', fd, Buffer.alloc(2), 0, 0, 0], ['readv', fd, [Buffer.alloc(1)], 0], ['readv', bad, [Buffer.alloc(1)]], ['readlink', 'l'], ['readlink', 'f'], ['realpath', 'x'], ['rename', 'g', 'i'], ['rename', 'x', 'y'], ['rmdir', 'd'], ['rmdir', 'f'], ['symlink', 'f', 'm'], ['truncate', 'f', 1], ['truncate', 'x'], ['unlink', 'm'], ['unlink', 'm'], ['utimes', 'f', 1, 1], ['write', fd, 'xy', 0], ['write', bad, 'xy'], ['write', fd, Buffer.from('z'), 0, 1, 0], ['writev', fd, [Buffer.from('q')], 0], ['writev', fd, []], ['writev', bad, [Buffer.from('q')]], ['writeFile', 'f', 'x'], ['writeFile', '.', 'x'], ['readFile', '.'], ['fstat', bad], ['close', bad], ['close', fd]];
(async () => {
  for (const [name, ...args] of calls) {
    await new Promise((resolve) => {
      let later = false;
      fs[name](...args, function (...results) {
        console.log(name, args[0] === fd ? 'fd' : args[0], later, results.map((r) => (r instanceof Error ? `${r.message.replace(process.cwd(), 'HERE')} [${Object.keys(r)}] ${r.stack.split('\n').length}` : r)));
        resolve();
      });
      later = true;
    });
  }
})();

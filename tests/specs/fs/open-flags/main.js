// Flags as text and number, modes, and what opens for what.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'of-')));
fs.writeFileSync('f', 'hello');
const { O_RDWR, O_CREAT, O_EXCL, O_APPEND, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
for (const flags of ['r', 'rs', 'sr', 'r+', 'rs+', 'sr+', 'w', 'wx', 'xw', 'w+', 'wx+', 'a', 'ax', 'xa', 'as', 'sa', 'a+', 'ax+', 'as+', 'sa+', 'R', '', 'rw', 'x', O_RDWR, O_RDWR | O_CREAT | O_EXCL, O_DIRECTORY, 1.5, 2 ** 40, null, undefined, {}, true]) {
  fs.writeFileSync('f', 'hello');
  try {
    const fd = fs.openSync('f', flags);
    const can = (run) => { try { run(); return 'yes'; } catch (e) { return e.code; } };
    console.log(flags, fs.readFileSync('f').length, can(() => fs.readSync(fd, Buffer.alloc(1))), can(() => fs.writeSync(fd, 'x')), fs.readFileSync('f', 'utf8'));
    fs.closeSync(fd);
  } catch (e) { console.log(flags, e.code, e.message); }
}
for (const mode of [0o600, '644', 0o1777, undefined, null]) {
  fs.closeSync(fs.openSync('m', 'w', mode));
  console.log(mode, (fs.statSync('m').mode & 0o7777).toString(8));
  fs.unlinkSync('m');
}
for (const mode of ['8', 'x', -1, 1.5, 2 ** 33, {}, true]) try { fs.openSync('m', 'w', mode); } catch (e) { console.log(e.code, e.message); }
fs.symlinkSync('f', 'l');
try { fs.openSync('l', O_NOFOLLOW); } catch (e) { console.log(e.code); }
fs.open('f', (...args) => {
  console.log(args.length, args[0], typeof args[1]);
  fs.closeSync(args[1]);
  fs.open('f', O_APPEND | O_RDWR, (e, fd) => {
    console.log(fs.writeSync(fd, '!', 0), fs.readFileSync('f', 'utf8'));
    fs.closeSync(fd);
    fs.open('missing', 'r', 0o666, (...args) => console.log(args.length, args[0].message));
  });
});

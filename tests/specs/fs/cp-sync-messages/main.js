// cpSync words its refusals in its own way; the callback form has those of the promise form.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'cps-')));
fs.mkdirSync('src/sub', { recursive: true });
fs.writeFileSync('src/a', 'A');
fs.writeFileSync('file', 'F');
const filtered = [];
const refused = (...args) => {
  try {
    console.log(args, fs.cpSync(...args), filtered.splice(0).sort());
  } catch (e) {
    console.log(args, e.name, e.code, e.message);
  }
};
refused('file', 'src');
refused('src', 'new');
refused('src', 'file', { recursive: true });
refused('src', 'src', { recursive: true });
refused('src', 'src/sub/x', { recursive: true });
refused('file', 'src/a', { force: false, errorOnExist: true });
refused('missing', 'x');
refused('file', 'x', { mode: 9 });
refused('file', 'x', { filter: 5 });
refused('file', 'x', { filter: () => Promise.resolve(true) });
refused('src', 'copy', { recursive: true, filter: (s, d) => { filtered.push(`${s} ${d}`); return true; } });
fs.cp('file', 'file', (e) => {
  console.log(e.name, e.code, e.message);
  fs.cp('file', 'copied', (...args) => console.log(args, fs.readFileSync('copied', 'utf8')));
});
try { fs.cp('a', 'b'); } catch (e) { console.log(e.message); }

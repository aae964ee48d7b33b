// glob: exclude as a function and as patterns; wrong arguments.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'globx-')));
for (const f of ['a.js', 'd/a.js', 'd/e/f.js', 'node_modules/m/a.js', 'x/y.js']) {
  fs.mkdirSync(path.dirname(f), { recursive: true });
  fs.writeFileSync(f, '');
}
console.log(fs.globSync('**/*.js', { exclude: (name) => name === 'd' || name === 'node_modules' }));
const asked = [];
console.log(fs.globSync('**/*.js', { exclude: (name) => { asked.push(name); return false; } }), asked);
console.log(fs.globSync('**/*.js', { exclude: ['d/**', '**/node_modules/**'] }), fs.globSync('**/*.js', { exclude: ['a.js', '**/e'] }));
console.log(fs.globSync('**/*.js', { withFileTypes: true, exclude: (entry) => entry.name === 'd' }).map((d) => d.name));
for (const args of [[5], [], [[5]], ['*', 5], ['*', null], ['*', { exclude: 5 }], ['*', { exclude: [5] }], ['*', { cwd: 5 }]])
  try { console.log(fs.globSync(...args)); } catch (e) { console.log(e.name, e.code, e.message); }
for (const args of [['*'], ['*', {}], [5, () => {}]]) try { fs.glob(...args); } catch (e) { console.log(e.name, e.code, e.message); }
(async () => { try { for await (const n of fs.promises.glob(5)) console.log(n); } catch (e) { console.log(e.message); } })();

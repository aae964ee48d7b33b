'use strict';
// sessionStorage, and localStorage in a file.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

function show(act) {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const s = sessionStorage;
show(() => s);
s.setItem('a', 1);
s.b = 2;
show(() => [s.length, s.getItem('a'), s.b, s.key(0), s.key(1), s.key(2), s.getItem('q'), Object.keys(s), 'a' in s, 'z' in s, JSON.stringify(s), s instanceof Storage]);
delete s.a;
show(() => s.a);
s.removeItem('b');
show(() => s.length);
show(() => s.setItem('x'));
show(() => s.getItem());
show(() => s.key());
show(() => new Storage());
show(() => s.setItem('big', 'x'.repeat(11 * 1024 * 1024)));
show(() => s.length);
show(() => Storage.prototype.setItem.call({}, 1, 2));
s.setItem('getItem', 'q');
show(() => typeof s.getItem);
s['x y'] = {};
s.q = undefined;
show(() => s);
show(() => ({ ...s }));
show(() => Object.entries(s));
s[1] = 2;
show(() => s[1]);
show(() => Object.defineProperty(s, 'd', { value: 5 }).d);
show(() => Object.getOwnPropertyDescriptor(s, 'q'));
s.clear();
show(() => s);
show(() => Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage').enumerable);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'storage-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
function run(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { encoding: 'utf8', cwd: folder });
  console.log(args.join(' '), stdout, stderr.split('\n').filter((line) => /^\w*Error: /.test(line)).join());
}
run('-p', 'localStorage');
run('--localstorage-file=a.db', '-e', 'localStorage.setItem("k", "v"); localStorage.é = "ü"; console.log(localStorage, localStorage.length)');
run('--localstorage-file=a.db', '-e', 'localStorage.k += 1; delete localStorage.é; console.log(localStorage, sessionStorage)');
run('--localstorage-file=a.db', '-p', 'try { localStorage.big = "x".repeat(11 << 20) } catch (error) { error.name + localStorage.length }');
run('--localstorage-file=a.db', '-p', 'localStorage.clear(); localStorage.length');
run('--localstorage-file=none/a.db', '-p', 'localStorage.length');
run('--no-webstorage', '-p', '[typeof sessionStorage, typeof localStorage, typeof Storage]');

'use strict';
// The compile cache: what enabling it says, files that appear, and files that are broken or of another text.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const Module = require('module');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'compile-cache-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const cache = path.join(folder, 'cache');
const show = (value) => console.log(JSON.stringify(value ?? null).replaceAll(folder, 'FOLDER').replaceAll(/v\d[^"]*/g, 'VERSION'));

show(Module.getCompileCacheDir());
console.log(Module.constants);
for (const value of [1, null, { directory: 1 }]) {
  try {
    Module.enableCompileCache(value);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
fs.writeFileSync(path.join(folder, 'file'), '');
show(Module.enableCompileCache(path.join(folder, 'file', 'x')));
show(Module.enableCompileCache(cache));
show(Module.enableCompileCache(cache));
show(Module.getCompileCacheDir());

const files = () => fs.readdirSync(Module.getCompileCacheDir()).map((name) => path.join(Module.getCompileCacheDir(), name));
const main = path.join(folder, 'main.js');
fs.writeFileSync(main, "console.log(require('./a'), require('./b.mjs').b);");
fs.writeFileSync(path.join(folder, 'a.js'), "module.exports = (function() { return 'a'; })();");
fs.writeFileSync(path.join(folder, 'b.mjs'), "export const b = 'b';");
const run = (environment) => {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache, ...environment };
  process.stdout.write(spawnSync(process.execPath, [main], { env, encoding: 'utf8' }).stdout);
};

console.log(files().length);
run({ NODE_DISABLE_COMPILE_CACHE: '1' });
console.log(files().length);
run();
console.log(files().length);
const before = files().map((file) => fs.statSync(file).mtimeMs);
run();
console.log(files().every((file, index) => fs.statSync(file).mtimeMs === before[index]));
for (const file of files()) fs.truncateSync(file, fs.statSync(file).size - 10);
run();
for (const file of files()) fs.writeFileSync(file, Buffer.alloc(1000, 'x'));
run();
fs.writeFileSync(path.join(folder, 'a.js'), "module.exports = (function() { return 'A'; })();");
run();
run({ NODE_COMPILE_CACHE: path.join(folder, 'file') });

require(main);
console.log(Module.flushCompileCache());
console.log(files().length);

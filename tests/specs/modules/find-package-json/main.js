'use strict';
const fs = require('fs');
const { findPackageJSON } = require('module');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'find-package-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
for (const [name, text] of Object.entries({
  'package.json': '{"name":"root"}',
  'sub/package.json': '{"type":"module"}',
  'sub/b.js': '',
  'node_modules/p/package.json': '{"name":"p","exports":"./lib/x.js"}',
  'node_modules/p/lib/x.js': '',
  'node_modules/@s/q/package.json': '{"name":"@s/q"}',
})) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}
const file = path.join(folder, 'a.js');
fs.writeFileSync(file, '');

function show(...args) {
  let result;
  try {
    result = findPackageJSON(...args);
  } catch (error) {
    result = `${error.name} ${error.code} ${error.message}`;
  }
  console.log(args.map(String).join(' ').replaceAll(folder, 'FOLDER'), '→', `${result}`.replaceAll(folder, 'FOLDER'));
}

for (const specifier of ['p', 'p/nope', 'p/lib/x.js', '@s/q', '@s/q/deep', 'nope', 'fs', './sub/', './sub/b.js', './a.js', './none.js']) {
  show(specifier, file);
}
show('p', pathToFileURL(file));
show('p', pathToFileURL(file).href);
show(pathToFileURL(file));
show(file);
show('./x');
show(1);

// Loading by one's own rules: require.extensions, Module._resolveFilename, Module._load, Module.wrap, module.children.
const Module = require('module');
const path = require('path');
const fs = require('fs');
require.extensions['.greet'] = (module, filename) => {
  const name = fs.readFileSync(filename, 'utf8').trim();
  module.exports = `hello ${name} in ${path.basename(filename)}`;
};
console.log(require('./lib/world.greet'), require('./lib/world'));
require.extensions['.upper'] = (module, filename) => module._compile(`module.exports = ${JSON.stringify(fs.readFileSync(filename, 'utf8').trim().toUpperCase())} + __filename.length.toString().length`, filename);
console.log(typeof require('./lib/text.upper'));
console.log(Object.keys(require.extensions), require.extensions === Module._extensions);
const { _resolveFilename, _load } = Module;
Module._resolveFilename = function (request, parent, ...rest) {
  if (request === 'virtual') return path.join(__dirname, 'lib', 'real.js');
  return Reflect.apply(_resolveFilename, this, [request, parent, ...rest]);
};
console.log(require('virtual'), require.resolve('virtual') === path.join(__dirname, 'lib', 'real.js'));
Module._load = function (request, parent, isMain) {
  if (request === 'mocked') return { mocked: true, by: path.basename(parent.filename), isMain };
  return Reflect.apply(_load, this, [request, parent, isMain]);
};
console.log(require('mocked'), require('./lib/uses-mock'));
Object.assign(Module, { _resolveFilename, _load });
try {
  require('virtual-too');
} catch (error) {
  console.log(error.code);
}
console.log(module.children.map((m) => path.basename(m.id)), module.children.every((m) => m.loaded));
console.log(Module.wrap('return 1'), Module.wrapper.length, Module.builtinModules.includes('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('nothing'), Module.isBuiltin('node:path/posix'));
const made = new Module('made-up', module);
made.filename = path.join(__dirname, 'made-up.js');
made.paths = Module._nodeModulePaths(__dirname);
made._compile('exports.answer = 42; exports.name = __filename.slice(__dirname.length + 1); exports.parent = module.parent === undefined;', made.filename);
console.log(made.exports, made.loaded, made.id, made.paths[0] === path.join(__dirname, 'node_modules'));
console.log(module.constructor === Module, module instanceof Module, Object.keys(Module.prototype), Module.Module === Module);
delete require.extensions['.greet'];
delete require.cache[require.resolve('./lib/world.greet')];
try {
  require('./lib/world.greet');
} catch (error) {
  console.log(error.name);
}

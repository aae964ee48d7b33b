// Deleting from the cache loads again; entries can be put there by hand.
const path = require.resolve('./counter');
console.log(require('./counter').id === require('./counter').id, path in require.cache);
const first = require('./counter');
delete require.cache[path];
console.log(require('./counter') === first, globalThis.loads);
require.cache[path] = { id: path, filename: path, loaded: true, exports: 'by hand' };
console.log(require('./counter'), Object.keys(require.cache).length, Object.getPrototypeOf(require.cache));
const Module = require('module');
console.log(Module._cache === undefined, module instanceof Module, Module.builtinModules.includes('fs'));
console.log(Module.isBuiltin('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('./fs'), Module.isBuiltin('node:nope'));

// What `module` and `require` tell about a module.
const child = require('./lib/child');
console.log(module.id, module.filename, module.loaded, module.parent, module.path);
console.log(module.children.map((m) => m.filename), module.paths[0]);
console.log(require.main === module, child.isMain, child.parentId);
setImmediate(() => console.log(module.loaded, child.module.loaded));
console.log(Object.keys(require), require.resolve('./lib/child'), require.resolve.paths('./x'), typeof require.extensions['.js']);
console.log(require.resolve('fs'), require.resolve('node:fs'), require.resolve.paths('fs'), require.resolve.paths('pkg')[0]);

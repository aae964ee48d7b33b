// require.resolve with paths, resolve.paths, self-reference by name, and what a package does not export.
const path = require('path');
const short = (p) => (p ? path.relative(__dirname, p) || '.' : p);
const attempt = (f) => {
  try {
    return short(f());
  } catch (error) {
    return `${error.code}: ${error.message.replaceAll(__dirname, '.').split('\n')[0]}`;
  }
};
console.log(attempt(() => require.resolve('./lib')), attempt(() => require.resolve('./lib/index.js')), attempt(() => require.resolve('./lib/')), attempt(() => require.resolve('.')));
console.log(attempt(() => require.resolve('dep')), attempt(() => require.resolve('dep', { paths: [path.join(__dirname, 'lib')] })), attempt(() => require.resolve('./index.js', { paths: [path.join(__dirname, 'lib')] })));
console.log(attempt(() => require.resolve('only-in-lib')), attempt(() => require.resolve('only-in-lib', { paths: [path.join(__dirname, 'lib', 'deeper', 'still')] })));
console.log(require.resolve.paths('x').slice(0, 2).map(short), require.resolve.paths('./x').map(short), require.resolve.paths('fs'), require.resolve.paths('node:fs'));
console.log(attempt(() => require.resolve('fs')), attempt(() => require.resolve('node:fs')), attempt(() => require.resolve('node:nothing')), attempt(() => require.resolve('')));
console.log(attempt(() => require.resolve(5)), attempt(() => require.resolve('dep', { paths: 'text' })), attempt(() => require.resolve('dep', { paths: [] })));
console.log(attempt(() => require.resolve('self-named')), require('self-named/part'), attempt(() => require.resolve('self-named/hidden.js')), attempt(() => require.resolve('self-named/features/x')), attempt(() => require.resolve('self-named/features/private/y')));
console.log(attempt(() => require.resolve('strict/inside.js')), attempt(() => require.resolve('strict/package.json')), attempt(() => require.resolve('strict')), attempt(() => require.resolve('strict/bad')), attempt(() => require.resolve('strict/array')), attempt(() => require.resolve('strict/nested')));
console.log(attempt(() => require.resolve('./missing')), attempt(() => require.resolve('../../../../../../../../../missing')), attempt(() => require.resolve('broken-main')));
console.log(require('./lib/deeper'), module.paths.slice(0, 1).map(short), require.main === module, require('./lib').isMain);

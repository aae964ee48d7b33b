// node_modules: main, subpaths, nested packages, scopes, lookup upwards.
console.log(require('plain'), require('plain/lib/sub'), require('@scope/pkg'), require('file'));
console.log(require('plain/nested'), require('./deep/er/inner'));

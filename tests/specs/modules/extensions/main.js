// Extensions are tried in order; an unknown extension is JavaScript; exact names win.
console.log(require('./a'), require('./b'), require('./c.txt'), require('./d'), require('./e.x'));
require.extensions['.custom'] = (module, filename) => {
  module.exports = `custom ${filename.split('/').pop()}`;
};
console.log(require('./f'), require('./f.custom'));

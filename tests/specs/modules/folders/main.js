// A folder is its package.json's main, else index.js, else index.json.
console.log(require('./with-main'), require('./with-index'), require('./with-json'), require('./main-is-folder'));
console.log(require('./main-missing'), require('./with-index/'), require('./both'), require('./both/'));
try {
  require('./empty');
} catch (error) {
  console.log(error.code, error.message.split('\n')[0]);
}

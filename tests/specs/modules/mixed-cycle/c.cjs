exports.done = false;
const main = require('./main.cjs');
console.log('c sees', main, require.cache[require.resolve('./main.cjs')].loaded, module.parent?.filename === require.resolve('./main.cjs'));
exports.done = true;

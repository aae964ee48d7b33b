const a = require('./a');
console.log(a.name, 'name' in a);
module.exports = { name: 'b' };

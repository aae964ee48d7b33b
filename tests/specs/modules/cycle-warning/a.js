const b = require('./b');
module.exports = { name: 'a', b: b.name };

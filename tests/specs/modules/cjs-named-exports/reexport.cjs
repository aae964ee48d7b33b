module.exports = require('./reexported.cjs');

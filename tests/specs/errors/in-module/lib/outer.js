exports.value = require('./inner');

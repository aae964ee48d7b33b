module.exports = require('mocked').by;

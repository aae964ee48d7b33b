module.exports = require('plain');

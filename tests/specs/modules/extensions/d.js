module.exports = 'd.js';

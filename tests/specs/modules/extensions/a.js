module.exports = 'a.js';

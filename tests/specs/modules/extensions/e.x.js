module.exports = 'e.x.js';

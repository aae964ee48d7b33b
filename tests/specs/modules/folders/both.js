module.exports = 'file both.js';

module.exports = 'lib a';

module.exports = 'the real one';

module.exports = 'my sub';

module.exports = 'fallback';

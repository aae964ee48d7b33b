module.exports = { real: true };

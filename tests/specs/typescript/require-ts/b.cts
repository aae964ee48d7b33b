module.exports = 'b' satisfies string;

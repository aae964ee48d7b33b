module.exports = function main() { return `called with ${arguments.length}`; };
module.exports.property = 1;
exports.lost = 2;

exports.a = 1;
module.exports.b = 2;
Object.defineProperty(exports, 'c', { enumerable: true, get: () => 3 });
exports['d'] = 4;

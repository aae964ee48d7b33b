const key = 'computed';
exports[key] = 1;
exports['text-key'] = 2;
Object.defineProperty(exports, 'getter', { enumerable: true, get: () => 'got' });
exports.default = 'a property called default';
Object.assign(exports, { assigned: 3 });

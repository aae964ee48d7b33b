globalThis.loads = (globalThis.loads ?? 0) + 1;
exports.id = {};

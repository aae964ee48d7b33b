Object.defineProperty(exports, '__esModule', { value: true });
exports.named = 'named';
exports.default = 'the default';
setImmediate(() => { exports.late = 'set later'; });
if (false) exports.late = 0;

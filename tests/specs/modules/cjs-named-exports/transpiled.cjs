'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
exports.x = 'x';
exports.default = 'the default';

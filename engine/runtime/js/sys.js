'use strict';

// The old name of `util` (https://nodejs.org/api/deprecations.html#dep0025-requirenodesys).

process.emitWarning('sys is deprecated. Use `node:util` instead.', 'DeprecationWarning', 'DEP0025');

module.exports = require('util');

'use strict';

// The module `module` (https://nodejs.org/api/module.html).

module.exports = require('internal/modules/cjs').Module;

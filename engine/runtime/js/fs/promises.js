'use strict';

// `fs/promises` (https://nodejs.org/api/fs.html#promises-api).

module.exports = require('internal/fs/promises').exports;

'use strict';

// https://nodejs.org/api/path.html#pathposix

module.exports = require('internal/path/posix');

'use strict';

// https://nodejs.org/api/path.html#pathwin32

module.exports = require('internal/path/win32');

'use strict';

// https://nodejs.org/api/path.html: the rules of the system the program runs on, with both sets of rules as properties.

module.exports = process.platform === 'win32' ? require('internal/path/win32') : require('internal/path/posix');

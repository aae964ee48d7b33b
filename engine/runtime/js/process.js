'use strict';

// https://nodejs.org/api/process.html: the same object as the global.

module.exports = process;

'use strict';

// Runs the main script: as an ES module or as CommonJS, depending on its name, its package and its syntax.

const { Module, packageFormat } = require('internal/modules/cjs');

/** Loads and runs the file that the command line names. */
function runMain(file) {
  const filename = Module._resolveFilename(file, null, true);
  const format = /\.[mc]?ts$/.test(filename) ? require('internal/modules/typescript').format(filename) :
    packageFormat(filename);
  if (format === 'module') require('internal/modules/esm').runMain(filename);
  else Module._load(filename, null, true);
}

module.exports = { runMain };

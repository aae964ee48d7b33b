'use strict';

// Runs the main script: as an ES module or as CommonJS, depending on its name, its package and its syntax.

const { Module, packageFormat } = require('internal/modules/cjs');
const typescript = require('internal/modules/typescript');

/** Loads and runs the file that the command line names; with `isCheck` only its syntax is checked. */
function runMain(file, isCheck) {
  const filename = Module._resolveFilename(file, null, true);
  const isTypeScript = typescript.isTypeScript(filename);
  const format = isTypeScript ? typescript.format(filename) : packageFormat(filename);
  if (isCheck) {
    const read = ops.module_read(filename);
    const text = isTypeScript ? typescript.strip(read, filename) : read;
    if (format === 'module') ops.esm_compile(ops.url_from_path(filename), text);
    else if (ops.module_compile_cjs(text, filename, format === 'commonjs') === null) {
      ops.esm_compile(ops.url_from_path(filename), text);
    }
    return;
  }
  if (format === 'module') require('internal/modules/esm').runMain(filename);
  else Module._load(filename, null, true);
}

module.exports = { runMain };

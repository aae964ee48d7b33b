'use strict';

// Runs the main script: as an ES module or as CommonJS, depending on its name, its package and its syntax.

const path = require('path');
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
  if (format === 'module' || (format === undefined && isModuleSyntax(filename))) {
    require('internal/modules/esm').runMain(filename);
  } else {
    Module._load(filename, null, true);
  }
}

/** Whether a `.js` file that no package.json speaks for can only be an ES module. */
function isModuleSyntax(filename) {
  if (require('internal/options').isOff('--experimental-detect-module')) return false;
  if (!/(?:\.js|^[^.]+)$/.test(path.basename(filename))) return false;
  const text = ops.module_read(filename);
  // Text without any of these words is CommonJS; compiling it twice would take time.
  return /\b(?:import|export|await)\b/.test(text) && ops.module_has_esm_syntax(text);
}

/** Runs what a URL names (`--entry-url`). */
function runUrl(text) {
  require('internal/process_warning').warnExperimental('--entry-url');
  const url = new URL(text, `${ops.url_from_path(process.cwd())}/`);
  require('internal/modules/esm').runUrl(url.href);
}

/** Runs the main script with what `--experimental-loader` says of it. */
function runByLoader(file) {
  require('internal/modules/esm').runResolved(ops.url_from_path(file));
}

module.exports = { runByLoader, runMain, runUrl };

'use strict';

// TypeScript files: their types are replaced by spaces, so that positions stay
// (https://nodejs.org/api/typescript.html#type-stripping).

const path = require('path');

/** Whether a file name is that of a TypeScript file. */
function isTypeScript(filename) {
  return /\.[mc]?ts$/.test(filename);
}

/** 'module', 'commonjs' or, when only the syntax tells, what the syntax tells. */
function format(filename) {
  switch (path.extname(filename)) {
    case '.mts': return 'module';
    case '.cts': return 'commonjs';
    default: {
      const type = ops.module_package_type(filename);
      if (type !== null) return type;
      const text = strip(ops.module_read(filename), filename);
      return ops.module_has_esm_syntax(text, filename) ? 'module' : 'commonjs';
    }
  }
}

/** The JavaScript that is left of `text`. Throws on syntax that is more than types. */
function strip(text, filename) {
  if (filename.includes(`${path.sep}node_modules${path.sep}`)) {
    const error = new Error('Stripping types is currently unsupported for files under node_modules, for ' +
      `"${ops.url_from_path(filename)}"`);
    error.code = 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING';
    throw error;
  }
  const { code, error, message } = ops.typescript_strip(text, filename);
  if (error === undefined) return code;
  const failed = new SyntaxError(message);
  failed.code = error;
  throw failed;
}

module.exports = { format, isTypeScript, strip };

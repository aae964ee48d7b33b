'use strict';

// TypeScript files: their types are replaced by spaces, so that positions stay
// (https://nodejs.org/api/typescript.html#type-stripping).

const path = require('path');
const { isOff } = require('internal/options');
const { esmError } = require('internal/modules/resolve');

/** Whether types are stripped at all (`--no-strip-types`). */
const isOn = !isOff('--strip-types') && !isOff('--experimental-strip-types');

/** Whether a file name is that of a TypeScript file. */
function isTypeScript(filename) {
  return isOn && /\.[mc]?ts$/.test(filename);
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
      return ops.module_has_esm_syntax(text) ? 'module' : 'commonjs';
    }
  }
}

/** The JavaScript that is left of `text`. Throws on syntax that is more than types. */
function strip(text, filename) {
  if (filename.includes(`${path.sep}node_modules${path.sep}`)) {
    const error = new Error('Stripping types is currently unsupported for files under node_modules, for ' +
      `"${filename}"`);
    error.code = 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING';
    throw error;
  }
  const { code, error, message, line, snippet } = ops.typescript_strip(text, filename);
  // Stack traces name the file by its URL, in CommonJS too.
  if (error === undefined) return `${code}\n\n//# sourceURL=${ops.url_from_path(filename)}`;
  const failed = esmError(SyntaxError, error, message);
  failed.stack = `${ops.url_from_path(filename)}:${line}\n${snippet}\n\n${failed.stack}`;
  throw failed;
}

/** `module.stripTypeScriptTypes(code[, options])`. */
function stripTypes(code, options = {}) {
  const { validateObject, validateOneOf, validateString } = require('internal/validators');
  validateString(code, 'code');
  validateObject(options, 'options');
  const { mode = 'strip', sourceUrl } = options;
  validateOneOf(mode, 'options.mode', ['strip']);
  if (sourceUrl !== undefined) validateString(sourceUrl, 'options.sourceUrl');
  require('internal/process_warning').warnExperimental('stripTypeScriptTypes');
  const { code: stripped, error, message } = ops.typescript_strip(code, 'code.ts');
  if (error !== undefined) throw esmError(SyntaxError, error, message);
  return sourceUrl === undefined ? stripped : `${stripped}\n\n//# sourceURL=${sourceUrl}`;
}

module.exports = { format, isOn, isTypeScript, strip, stripTypes };

'use strict';

// From a specifier to a file: the engine resolves, this file words the errors
// (https://nodejs.org/api/modules.html#all-together, https://nodejs.org/api/esm.html#resolution-algorithm).

const path = require('path');

/** An `Error` (or subclass) with a code, as the module loaders throw them. */
function codedError(Base, code, message) {
  const error = new Base(message);
  error.code = code;
  return error;
}

/** How `require` and `import` word the code in the stack: only ES module errors carry it in their name. */
function esmError(Base, code, message) {
  const error = codedError(Base, code, message);
  const { name } = error;
  error.name = `${name} [${code}]`;
  void error.stack;
  delete error.name;
  return error;
}

function requireStack(parent) {
  const stack = [];
  for (let module = parent; module; module = module.parent) {
    if (module.filename || module.id) stack.push(module.filename || module.id);
    if (stack.length > 100) break;
  }
  return stack;
}

function notFoundForRequire(request, parent) {
  const stack = requireStack(parent);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
  const error = codedError(Error, 'MODULE_NOT_FOUND', message);
  error.requireStack = stack;
  return error;
}

function packageError(failure, request, fromFile) {
  const [, reason, packagePath, detail] = failure;
  switch (reason) {
    case 'not-exported': {
      const sub = detail === '.' ? 'No "exports" main defined' : `Package subpath '${detail}' is not defined by "exports"`;
      return esmError(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED', `${sub} in ${packagePath}` +
        (fromFile && failure[4] ? ` imported from ${fromFile}` : ''));
    }
    case 'import-not-defined':
      return esmError(TypeError, 'ERR_PACKAGE_IMPORT_NOT_DEFINED',
        `Package import specifier "${request}" is not defined${packagePath ? ` in package ${packagePath}` : ''} ` +
        `imported from ${fromFile}`);
    case 'invalid-target':
      return esmError(Error, 'ERR_INVALID_PACKAGE_TARGET', invalidTarget(request, packagePath, detail));
    case 'invalid-specifier': {
      const what = request.startsWith('#') ? 'internal imports specifier' : 'package';
      return esmError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
        `Invalid module "${request}" is not a valid ${what} name imported from ${fromFile}`);
    }
    case 'invalid-config':
      return esmError(Error, 'ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${packagePath}.`);
    default:
      return esmError(Error, 'ERR_MODULE_NOT_FOUND', detail);
  }
}

function invalidTarget(request, packagePath, target) {
  const key = request.startsWith('#') ? request : `.${request.slice(packageName(request).length)}`;
  const field = request.startsWith('#') ? 'imports' : 'exports';
  const subject = key === '.' ? `Invalid "exports" main target ${JSON.stringify(target)} defined` :
    `Invalid "${field}" target ${JSON.stringify(target)} defined for '${key}'`;
  const hint = target.startsWith('./') ? '' : '; targets must start with "./"';
  return `${subject} in the package config ${packagePath}${hint}`;
}

/** The file that `require(request)` in the folder of `fromFile` loads; throws what Node throws. */
function resolveForRequire(request, fromFile, parent, addedExtensions = []) {
  const folder = path.dirname(fromFile);
  const result = ops.module_resolve(request, folder, 'require');
  if (result[0] === 'found') {
    if (indexFiles.has(path.basename(result[1]))) warnInvalidMain(result[1]);
    return result[1];
  }
  if (result[1] === 'not-found') {
    const isPath = /^(?:\.{0,2}\/|\.\.?$)/.test(request);
    const added = addedExtensions.find((extension) => isPath && isFile(path.resolve(folder, request + extension)));
    if (added !== undefined) return path.resolve(folder, request + added);
    throw notFoundForRequire(request, parent);
  }
  throw packageError(result, request, fromFile);
}

const indexFiles = new Set(['index.js', 'index.json', 'index.node']);
const isFile = (file) => ops.module_kind(file) === 0;

/** Warns when a folder's index was taken because the `main` of its package.json leads nowhere. */
function warnInvalidMain(index) {
  const folder = path.dirname(index);
  const file = path.join(folder, 'package.json');
  if (!isFile(file)) return;
  const { main } = JSON.parse(ops.module_read(file));
  if (typeof main !== 'string' || main === '') return;
  const target = path.resolve(folder, main);
  if (target === index || ops.module_resolve(`./${path.relative(folder, target)}`, folder, 'require')[0] === 'found') return;
  process.emitWarning(`Invalid 'main' field in '${file}' of '${main}'. ` +
    'Please either fix that or report it to the module author', 'DeprecationWarning', 'DEP0128');
}

/** The file that `import request` in `fromFile` loads; throws what Node throws. */
function resolveForImport(request, fromFile) {
  const result = ops.module_resolve(request, path.dirname(fromFile), 'import');
  if (result[0] === 'found') return result[1];
  if (result[1] !== 'not-found') throw packageError([...result, true], request, fromFile);
  if (/^@[^/]*$/.test(request)) throw packageError(['failed', 'invalid-specifier'], request, fromFile);
  const isPath = request.startsWith('.') || request.startsWith('/') || request.startsWith('file:');
  if (!isPath) {
    throw esmError(Error, 'ERR_MODULE_NOT_FOUND',
      `Cannot find package '${packageName(request)}' imported from ${fromFile}`);
  }
  const target = path.resolve(path.dirname(fromFile), request);
  if (ops.module_kind(target) === 1) {
    const error = esmError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT',
      `Directory import '${target}' is not supported resolving ES modules imported from ${fromFile}`);
    error.url = require('url').pathToFileURL(target).href;
    throw error;
  }
  const error = esmError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${target}' imported from ${fromFile}`);
  error.url = require('url').pathToFileURL(target).href;
  throw error;
}

function packageName(request) {
  const parts = request.split('/');
  return request.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

module.exports = { codedError, esmError, notFoundForRequire, resolveForImport, resolveForRequire };

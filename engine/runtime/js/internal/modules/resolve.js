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
  const { parentOf } = require('internal/modules/cjs');
  for (let module = parent; module; module = parentOf(module)) {
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
  const { packageName } = require('internal/modules/missing');
  const key = request.startsWith('#') ? request : `.${request.slice(packageName(request).length)}`;
  const field = request.startsWith('#') ? 'imports' : 'exports';
  const subject = key === '.' ? `Invalid "exports" main target ${JSON.stringify(target)} defined` :
    `Invalid "${field}" target ${JSON.stringify(target)} defined for '${key}'`;
  const hint = target.startsWith('./') ? '' : '; targets must start with "./"';
  return `${subject} in the package config ${packagePath}${hint}`;
}

/** Whether a module is where a link to it lies (`--preserve-symlinks`). */
const keepsLinks = require('internal/options').isOn('--preserve-symlinks');

/** The file that `require(request)` in the folder of `fromFile` loads; throws what Node throws. */
function resolveForRequire(request, fromFile, parent, addedExtensions = [], keeps = keepsLinks) {
  const folder = path.dirname(fromFile);
  const result = ops.module_resolve(request, folder, 'require', keeps);
  if (result[0] === 'found') {
    if (indexFiles.has(path.basename(result[1]))) warnInvalidMain(result[1]);
    return result[1];
  }
  if (result[1] === 'not-found') {
    const isPath = /^(?:\.{0,2}\/|\.\.?$)/.test(request);
    const added = addedExtensions.find((extension) => isPath && isFile(path.resolve(folder, request + extension)));
    if (added !== undefined) return path.resolve(folder, request + added);
    throw isPath ? notFoundForRequire(request, parent) : missingForRequire(request, folder, parent);
  }
  // A package that names itself is told who asked.
  const isSelf = result[1] === 'not-exported' && ops.module_find_package(fromFile) === result[2];
  throw packageError(isSelf ? [...result, true] : result, request, fromFile);
}

/** `require` of a package that is not there, or that names a file that is not. */
function missingForRequire(request, from, parent) {
  const { kind, folder, target, manifest } = require('internal/modules/missing').wanted(request, from, false);
  if (kind === 'exports') {
    return Object.assign(codedError(Error, 'MODULE_NOT_FOUND', `Cannot find module '${target}'`), { path: folder });
  }
  if (kind !== 'main') return notFoundForRequire(request, parent);
  const error = codedError(Error, 'MODULE_NOT_FOUND',
    `Cannot find module '${target}'. Please verify that the package.json has a valid "main" entry`);
  return Object.assign(error, { path: manifest, requestPath: request });
}

const indexFiles = new Set(['index.js', 'index.json', 'index.node']);
const isFile = (file) => ops.module_kind(file) === 0;

/** Warns when a folder's index was taken because the `main` of its package.json leads nowhere. */
function warnInvalidMain(index) {
  const folder = path.dirname(index);
  const file = path.join(folder, 'package.json');
  if (!isFile(file)) return;
  const { main } = { __proto__: null, ...JSON.parse(ops.module_read(file)) };
  if (typeof main !== 'string' || main === '') return;
  const target = path.resolve(folder, main);
  if (target === index || ops.module_resolve(`./${path.relative(folder, target)}`, folder, 'require')[0] === 'found') return;
  process.emitWarning(`Invalid 'main' field in '${file}' of '${main}'. ` +
    'Please either fix that or report it to the module author', 'DeprecationWarning', 'DEP0128');
}

/**
 * The file that `import request` in `fromFile` loads; throws what Node throws. `specifier` is the request as it was
 * written, before a path was made absolute.
 */
function resolveForImport(request, fromFile, specifier = request) {
  const result = ops.module_resolve(request, path.dirname(fromFile), 'import', keepsLinks);
  if (result[0] === 'found') {
    // The resolver takes a folder for what the `main` of its package.json names; `import` takes files only.
    const isFolder = /^(?:\.{0,2}\/|\.\.?$)/.test(request) && path.resolve(path.dirname(fromFile), request) !== result[1] &&
      ops.module_kind(path.resolve(path.dirname(fromFile), request)) === 1;
    if (isFolder) throw missingFile(path.resolve(path.dirname(fromFile), request), specifier, fromFile);
    return result[1];
  }
  if (result[1] !== 'not-found') throw packageError([...result, true], request, fromFile);
  if (/^@[^/]*$|^(?:@[^/]*\/)?[^/]*[%\\]|^@[^/]*[%\\]/.test(request) && !request.startsWith('.')) throw packageError(['failed', 'invalid-specifier'], request, fromFile);
  const isPath = request.startsWith('.') || request.startsWith('/') || request.startsWith('file:');
  if (!isPath) throw missingPackage(request, fromFile);
  // A slash at the end stays in the message.
  const target = path.resolve(path.dirname(fromFile), request) + (/.\/$/.test(request) ? '/' : '');
  throw missingFile(target, specifier, fromFile);
}

function missingPackage(request, fromFile) {
  const { brokenManifest, packageName, wanted } = require('internal/modules/missing');
  const broken = brokenManifest(request, path.dirname(fromFile));
  if (broken !== undefined) {
    return codedError(Error, 'ERR_INVALID_PACKAGE_CONFIG',
      `Invalid package config ${broken} while importing "${request}" from ${fromFile}.`);
  }
  const { kind, target } = wanted(request, path.dirname(fromFile), true);
  if (kind === 'exports' || kind === 'file') return missingFile(target, request, fromFile);
  const name = target === undefined ? packageName(request) : target;
  return esmError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${fromFile}`);
}

/** `import` of a file that is not there or of a folder. */
function missingFile(target, request, fromFile) {
  const hint = require('internal/modules/missing').hint(request, path.dirname(fromFile));
  const error = ops.module_kind(target) === 1 ?
    esmError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT',
      `Directory import '${target}' is not supported resolving ES modules imported from ${fromFile}${hint}`) :
    esmError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${target}' imported from ${fromFile}${hint}`);
  // Not by assignment, which a setter of the script's could see.
  const url = { __proto__: null, value: ops.url_from_path(target), configurable: true, enumerable: true, writable: true };
  return Object.defineProperty(error, 'url', url);
}

module.exports = { codedError, esmError, notFoundForRequire, resolveForImport, resolveForRequire };

'use strict';

// The compile cache (https://nodejs.org/api/module.html#module-compile-cache): what the engine made of modules' texts is
// kept on disk.

const path = require('path');

const status = { __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 };

/** One folder for every version of the engine and, as others must not slip in code, for every user. */
function folderIn(base, isPortable) {
  const tag = (ops.heap_version_tag() >>> 0).toString(16).padStart(8, '0');
  const user = isPortable || process.getuid === undefined ? '' : `-${process.getuid()}`;
  return path.join(base, `${process.version}-${process.arch}-loopscope-${tag}${user}`);
}

/** `module.enableCompileCache`. */
function enableCompileCache(options) {
  let cacheDir = options;
  let portable;
  if (typeof options === 'object' && options !== null) ({ directory: cacheDir, portable } = options);
  if (cacheDir === undefined) cacheDir = process.env.NODE_COMPILE_CACHE || path.join(require('os').tmpdir(), 'node-compile-cache');
  if (typeof cacheDir !== 'string') {
    const error = new TypeError('cacheDir should be a string');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  portable ??= process.env.NODE_COMPILE_CACHE_PORTABLE === '1';
  return enable(cacheDir, portable);
}

function enable(cacheDir, portable) {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) {
    return { status: status.DISABLED, message: 'Disabled by NODE_DISABLE_COMPILE_CACHE' };
  }
  const known = ops.compile_cache_folder();
  if (known !== undefined) return { status: status.ALREADY_ENABLED, directory: known };
  const base = path.resolve(cacheDir);
  try {
    ops.compile_cache_enable(folderIn(base, portable), portable ? folderIn(base, portable) : null);
  } catch (error) {
    const reason = /^[A-Z0-9]+: (.*?)(?:, \w+.*)?$/.exec(error.message)?.[1] ?? error.message;
    return { status: status.FAILED, message: `Cannot create cache directory: ${reason}` };
  }
  return { status: status.ENABLED, directory: cacheDir };
}

/** `module.getCompileCacheDir`. */
const getCompileCacheDir = () => ops.compile_cache_folder();

/** `module.flushCompileCache`: writes what was compiled so far. */
function flushCompileCache() {
  ops.compile_cache_flush();
}

/** Follows the variable NODE_COMPILE_CACHE. */
function followEnvironment() {
  const { NODE_COMPILE_CACHE: cacheDir, NODE_COMPILE_CACHE_PORTABLE: portable } = process.env;
  if (cacheDir) enable(cacheDir, portable === '1');
}

module.exports = {
  constants: { __proto__: null, compileCacheStatus: status },
  enableCompileCache,
  flushCompileCache,
  followEnvironment,
  getCompileCacheDir,
};

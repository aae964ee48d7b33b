'use strict';

// The built-in modules that scripts can name, with and without `node:`.

/** Modules that only `node:` leads to: without it the name may be a package's. */
const SCHEME_ONLY = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

const isThere = (id) => id !== 'sqlite' || !require('internal/options').isOff('--experimental-sqlite');
const publicIds = ops.builtin_public().filter(isThere);
const known = new Set(publicIds);
const builtinModules = publicIds.map((id) => (SCHEME_ONLY.has(id) ? `node:${id}` : id));

/** Id of the built-in module that `specifier` names, or undefined. */
function builtinId(specifier) {
  if (specifier.startsWith('node:')) {
    const id = specifier.slice(5);
    return known.has(id) ? id : undefined;
  }
  return known.has(specifier) && !SCHEME_ONLY.has(specifier) ? specifier : undefined;
}

/** `process.getBuiltinModule`. */
function getBuiltinModule(name) {
  require('internal/validators').validateString(name, 'id');
  const id = builtinId(name);
  return id === undefined ? undefined : require(id);
}

module.exports = { builtinId, builtinModules, getBuiltinModule };

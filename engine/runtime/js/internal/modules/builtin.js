'use strict';

// The built-in modules that scripts can name, with and without `node:`.

const publicIds = ops.builtin_public();
const known = new Set(publicIds);

/** Id of the built-in module that `specifier` names, or undefined. */
function builtinId(specifier) {
  if (specifier.startsWith('node:')) {
    const id = specifier.slice(5);
    return known.has(id) ? id : undefined;
  }
  return known.has(specifier) ? specifier : undefined;
}

/** `process.getBuiltinModule`. */
function getBuiltinModule(name) {
  require('internal/validators').validateString(name, 'id');
  const id = builtinId(name);
  return id === undefined ? undefined : require(id);
}

module.exports = { builtinId, builtinModules: publicIds, getBuiltinModule };

'use strict';

// `import()` in scripts and modules of `vm` (option `importModuleDynamically`,
// https://nodejs.org/api/vm.html#support-of-dynamic-import-in-compilation-apis): the engine keeps a symbol with each
// script, which says who is to be asked.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const USE_MAIN_CONTEXT_DEFAULT_LOADER = Symbol('vm_dynamic_import_main_context_default');
const MISSING = Symbol('vm_dynamic_import_missing');
const MISSING_FLAG = Symbol('vm_dynamic_import_missing_flag');

/** Symbol → { callback, owner }. */
const owners = new WeakMap();

const hasModules = () => require('internal/options').isOn('--experimental-vm-modules');

/** The symbol that stands for an option `importModuleDynamically`. */
function symbolFor(callback, name) {
  if (callback === undefined) return MISSING;
  if (callback === USE_MAIN_CONTEXT_DEFAULT_LOADER) return callback;
  validateFunction(callback, 'options.importModuleDynamically');
  if (!hasModules()) return MISSING_FLAG;
  const symbol = Symbol(name);
  owners.set(symbol, { callback, owner: undefined });
  return symbol;
}

/** Says which object is given to the callback. */
function setOwner(symbol, owner) {
  const entry = owners.get(symbol);
  if (entry !== undefined) entry.owner = owner;
}

async function ask({ callback, owner }, specifier, attributes) {
  const module = await callback(specifier, owner, Object.assign({ __proto__: null }, attributes), 'evaluation');
  if (require('internal/util/types').isModuleNamespaceObject(module)) return module;
  const { isModule } = require('internal/vm/module');
  if (!isModule(module)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (module.status === 'errored') throw module.error;
  return module.namespace;
}

/** The engine calls this for `import(specifier)` in code with a symbol; `referrer` is the code's name. */
function importFor(symbol, specifier, referrer, attributes) {
  if (symbol === USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    // What is typed in a REPL always imports like this.
    if (!/^REPL\d+$/.test(referrer)) require('internal/process_warning').warnExperimental('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER');
    const path = require('path');
    const isPlace = path.isAbsolute(referrer) || /^[a-z]+:/.test(referrer);
    const base = isPlace ? referrer : path.join(process.cwd(), 'vm');
    return require('internal/modules/esm').importDynamically(specifier, base, attributes);
  }
  const entry = owners.get(symbol);
  if (entry !== undefined) return ask(entry, specifier, attributes);
  return Promise.reject(symbol === MISSING_FLAG
    ? new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG()
    : new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING());
}

module.exports = { USE_MAIN_CONTEXT_DEFAULT_LOADER, hasModules, importFor, setOwner, symbolFor };

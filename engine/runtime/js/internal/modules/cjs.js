'use strict';

// CommonJS modules (https://nodejs.org/api/modules.html) and the class `Module` (https://nodejs.org/api/module.html).

const path = require('path');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { builtinId, builtinModules } = require('internal/modules/builtin');
const sourceMaps = require('internal/source_map_cache');
const { tracing } = require('internal/diagnostics/observed');
const hooks = require('internal/modules/hooks');
const { notFoundForRequire, resolveForRequire } = require('internal/modules/resolve');

class Module {
  // Fields, because an assignment would meet setters of Object.prototype's.
  id = '';
  path = '';
  exports = {};
  filename = null;
  loaded = false;
  children = [];
  paths = undefined;

  constructor(id = '', parent = undefined) {
    this.id = id;
    this.path = path.dirname(id);
    setParent(this, parent);
    if (parent) addChild(parent, this);
  }

  get parent() {
    if (warnsOfParent) {
      warnsOfParent = false;
      process.emitWarning('module.parent is deprecated due to accuracy issues. Please use require.main to find program ' +
        'entry point instead.', 'DeprecationWarning', 'DEP0144');
    }
    return parents.get(this);
  }

  set parent(value) {
    setParent(this, value);
  }

  get isPreloading() {
    return false;
  }

  load(filename) {
    this.filename ??= filename;
    this.paths ??= Module._nodeModulePaths(path.dirname(filename));
    if (isWatched) require('internal/watch').report(filename);
    if (!hooks.has('load') || !require('internal/modules/cjs_hooks').load(this, filename)) {
      const extension = findExtension(filename);
      Module._extensions[extension](this, filename);
    }
    this.loaded = true;
    loadedExports.set(this, this.exports);
  }

  require(id) {
    validateString(id, 'id');
    if (id === '') throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
    const trace = tracing('module.require');
    if (trace !== undefined) {
      return trace.traceSync(Module._load, { parentFilename: this.filename, id }, Module, id, this, false);
    }
    return Module._load(id, this, false);
  }

  _compile(source, filename, format) {
    if (sourceMaps.isNoting()) sourceMaps.note(filename, source);
    const compiled = format === 'module' ? null : ops.module_compile_cjs(source, filename, format === 'commonjs' || !detectsModules);
    if (compiled === null) {
      this.exports = require('internal/modules/esm').requireModule(filename, source, parentOf(this)?.filename);
      return undefined;
    }
    const require_ = makeRequire(this);
    return compiled.call(this.exports, this.exports, require_, this, filename, path.dirname(filename));
  }
}

// As functions put onto a prototype one by one, which is how scripts that replace them find them.
for (const name of ['load', 'require', '_compile']) Object.defineProperty(Module.prototype, name, { enumerable: true });

const { mocks } = require('internal/modules/mocks');

const parents = new WeakMap();
/** What modules exported when they were loaded: what an ES module that imports them sees, whatever came after. */
const loadedExports = new WeakMap();

/** The exports of a file as they were when it was loaded, by `load` if it was not yet. */
function exportsWhenLoaded(filename, load) {
  const known = Module._cache[filename];
  return known !== undefined && loadedExports.has(known) ? loadedExports.get(known) : load();
}

/** Whether the next who asks for `module.parent` is warned. */
let warnsOfParent = require('internal/options').tellsPendingDeprecations();
/** Whether syntax may tell an ES module. */
const detectsModules = !require('internal/options').isOff('--experimental-detect-module');
const isWatched = process.env.WATCH_REPORT_DEPENDENCIES === '1';

/** `module.parent`, without the warning. */
function parentOf(module) {
  return module instanceof Module ? parents.get(module) : module.parent;
}

function setParent(module, parent) {
  parents.set(module, parent);
}

function addChild(parent, child) {
  if (!parent.children.includes(child)) parent.children.push(child);
}

Module.Module = Module;
Module._cache = Object.create(null);
Module._pathCache = Object.create(null);
/** Folders to look in when no `node_modules` folder has what is wanted. */
Module._initPaths = function _initPaths() {
  const { HOME, NODE_PATH } = process.env;
  if (require('internal/options').isOff('--global-search-paths')) {
    Module.globalPaths = [];
    return;
  }
  const own = path.resolve(process.execPath, '..', '..', 'lib', 'node');
  const folders = HOME ? [path.resolve(HOME, '.node_modules'), path.resolve(HOME, '.node_libraries'), own] : [own];
  Module.globalPaths = [...(NODE_PATH ?? '').split(path.delimiter).filter(Boolean), ...folders];
};
Module._initPaths();
Module.builtinModules = builtinModules;
Module.isBuiltin = (name) => builtinId(`${name}`) !== undefined;

/** Every folder in which `require` looks for packages, nearest first. */
Module._nodeModulePaths = function _nodeModulePaths(from) {
  const found = [];
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    if (path.basename(folder) !== 'node_modules') found.push(path.join(folder, 'node_modules'));
    if (folder === path.dirname(folder)) return found;
  }
};

Module._resolveLookupPaths = function _resolveLookupPaths(request, parent) {
  if (builtinId(request) !== undefined) return null;
  if (/^\.\.?(\/|$)/.test(request)) return [parent?.filename ? path.dirname(parent.filename) : '.'];
  return [...(parent?.paths ?? Module._nodeModulePaths(process.cwd())), ...Module.globalPaths];
};

Module._resolveFilename = function _resolveFilename(request, parent, isMain, options) {
  const id = builtinId(request);
  if (id !== undefined) return request;
  if (options !== undefined && options !== null && options.paths !== undefined) {
    if (!Array.isArray(options.paths)) throw new codes.ERR_INVALID_ARG_VALUE('options.paths', options.paths);
    for (const folder of options.paths) {
      const result = ops.module_resolve(request, path.resolve(folder), 'require');
      if (result[0] === 'found') return result[1];
    }
    throw notFoundForRequire(request, parent);
  }
  const from = parent?.filename ?? path.join(process.cwd(), '[eval]');
  try {
    // The main script is where the link leads to unless an option of its own says otherwise.
    const keeps = isMain ? require('internal/options').isOn('--preserve-symlinks-main') : undefined;
    return resolveForRequire(request, from, parent, addedExtensions(), keeps);
  } catch (error) {
    const elsewhere = error.code === 'MODULE_NOT_FOUND' ? findInGlobalPaths(request) : undefined;
    if (elsewhere !== undefined) return elsewhere;
    throw error;
  }
};

/** What a package's name means in the folders of NODE_PATH and of the home folder. */
function findInGlobalPaths(request) {
  if (/^(?:\.{0,2}\/|\.\.?$|#)/.test(request)) return undefined;
  for (const folder of Module.globalPaths) {
    const result = ops.module_resolve(`./${request}`, path.resolve(folder), 'require');
    if (result[0] === 'found') return result[1];
  }
  return undefined;
}

/** The extensions that the script has put into `require.extensions`. */
function addedExtensions() {
  const all = Object.keys(Module._extensions);
  return all.length === ownExtensions.length ? [] : all.filter((extension) => !ownExtensions.includes(extension));
}

/** The exports of the module that `request` names, loaded when it is not in the cache. */
Module._load = function _load(request, parent, isMain) {
  if (mocks.size > 0) {
    const mock = require('internal/modules/mocks').required(request, parent);
    if (mock !== undefined) return mock.forRequire();
  }
  if (hooks.has('resolve') || hooks.has('load')) {
    const found = require('internal/modules/cjs_hooks').find(request, parent, isMain);
    if (found.id !== undefined) return require(found.id);
    const known = Module._cache[found.filename];
    return known === undefined ? loadNew(found.filename, parent, isMain, undefined, found) : exportsFor(known, parent);
  }
  const id = builtinId(request);
  if (id !== undefined && (request.startsWith('node:') || !(request in Module._cache))) return require(id);
  if (request.startsWith('node:')) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
  // The same request from the same folder means the same file, as long as that file's module is there.
  const question = parent?.path === undefined ? undefined : `${parent.path}\0${request}`;
  const known = question === undefined ? undefined : Module._cache[answers.get(question)];
  if (known !== undefined) return exportsFor(known, parent);
  const filename = Module._resolveFilename(request, parent, isMain);
  if (question !== undefined) answers.set(question, filename);
  const cached = Module._cache[filename];
  if (cached !== undefined) return exportsFor(cached, parent);
  return loadNew(filename, parent, isMain, question);
};

/** The exports of a file that is in no cache; `found` is what hooks said of it. */
function loadNew(filename, parent, isMain, question, found) {
  const module = new Module(filename, parent);
  if (found !== undefined) require('internal/modules/cjs_hooks').note(module, found);
  if (isMain) {
    process.mainModule = module;
    mainModule = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) {
      delete Module._cache[filename];
      answers.delete(question);
      const siblings = parent?.children;
      const index = siblings ? siblings.indexOf(module) : -1;
      if (index !== -1) siblings.splice(index, 1);
    }
  }
  return module.exports;
}

/** Files that requests led to: folder and request → file. */
const answers = new Map();

/** The exports of a module that `parent` requires once more. */
function exportsFor(module, parent) {
  if (parent) addChild(parent, module);
  return module.loaded ? module.exports : partialExports(module);
}

let mainModule;

const cycleWarning = {
  get(target, name) {
    if (name in target || name === '__esModule') return target[name];
    warnCycle(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (Object.hasOwn(target, name) || name === '__esModule') return Object.getOwnPropertyDescriptor(target, name);
    warnCycle(name);
    return undefined;
  },
};

function warnCycle(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

const cyclePrototype = new Proxy({}, cycleWarning);

/** The exports of a module that is still loading: reading what it has not set yet warns. */
function partialExports(module) {
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && !ops.util_is_proxy(exports) &&
      Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    Object.setPrototypeOf(exports, cyclePrototype);
    circular.add(module);
  }
  return exports;
}

const circular = new Set();

/** Takes the warning away again once the module is loaded. */
function endCycle(module) {
  if (!circular.delete(module)) return;
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && Object.getPrototypeOf(exports) === cyclePrototype) {
    Object.setPrototypeOf(exports, Object.prototype);
  }
}

/** The longest registered extension of a file name, `.js` when there is none. */
function findExtension(filename) {
  const name = path.basename(filename);
  for (let dot = name.indexOf('.', 1); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const extension = name.slice(dot);
    if (Module._extensions[extension]) return extension;
  }
  return '.js';
}

/** A function that does not take the name of its property. */
const unnamed = (load) => load;

const readText = (filename) => ops.module_read(filename);

Module._extensions = Object.assign(Object.create(null), {
  '.js': unnamed((module, filename) => {
    const format = packageFormat(filename);
    module._compile(readText(filename), filename, format);
    endCycle(module);
  }),
  '.json': unnamed((module, filename) => {
    const text = readText(filename);
    try {
      module.exports = JSON.parse(text);
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
  }),
  '.node': unnamed((module, filename) => {
    if (require('internal/options').isOff('--addons')) {
      throw new codes.ERR_DLOPEN_DISABLED('Cannot load native addon because loading addons is disabled.');
    }
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`loading the native addon ${filename}`);
  }),
});

for (const extension of require('internal/modules/typescript').isOn ? ['.ts', '.cts', '.mts'] : []) {
  Object.defineProperty(Module._extensions, extension, {
    value: loadTypeScript, configurable: true, enumerable: false, writable: true,
  });
}

const ownExtensions = Object.keys(Module._extensions);

function loadTypeScript(module, filename) {
  const typescript = require('internal/modules/typescript');
  module._compile(typescript.strip(readText(filename), filename), filename, typescript.format(filename));
  endCycle(module);
}

/** What the nearest package.json says of `.js` files: 'module', 'commonjs' or undefined. */
function packageFormat(filename) {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  return ops.module_package_type(filename) ?? undefined;
}

function resolveByHooks(request, module) {
  const { id, name, filename } = require('internal/modules/cjs_hooks').find(request, module, false);
  return id === undefined ? filename : name;
}

/** The exports of a file that `import` found: hooks were asked then. */
function loadFile(filename) {
  const known = Module._cache[filename];
  return known === undefined ? loadNew(filename, undefined, false) : exportsFor(known, undefined);
}

/** The `require` function of a module. */
function makeRequire(module) {
  function require(id) {
    return module.require(id);
  }
  require.resolve = function resolve(request, options) {
    validateString(request, 'request');
    if (hooks.has('resolve') && options?.paths === undefined) return resolveByHooks(request, module);
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, module);
  };
  // Not by assignment, which a setter of Object.prototype's could see.
  Object.defineProperty(require, 'main', { __proto__: null, value: mainModule, configurable: true, enumerable: true, writable: true });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

/** `module.createRequire`. */
Module.createRequire = function createRequire(filename) {
  const { URL, fileURLToPath } = require('url');
  let file;
  if (filename instanceof URL || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      file = fileURLToPath(filename);
    } catch {
      throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
    }
  } else if (typeof filename !== 'string') {
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  } else {
    file = filename;
  }
  const isFolder = file.endsWith('/');
  const module = new Module(isFolder ? path.join(file, 'noop.js') : file);
  module.filename = module.id;
  module.paths = Module._nodeModulePaths(path.dirname(module.id));
  return makeRequire(module);
};

/** The code that surrounds a CommonJS module. */
Module.wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
Module.wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];

Module.findPackageJSON = function findPackageJSON(specifier, base = undefined) {
  return require('internal/modules/find_package').findPackageJSON(specifier, base);
};

/** The file that a request leads to from one of the folders, or false. */
Module._findPath = function _findPath(request, paths) {
  if (path.isAbsolute(request)) paths = [''];
  else if (!paths || paths.length === 0) return false;
  for (const folder of paths) {
    const result = ops.module_resolve(path.resolve(folder, request), '/', 'require', false);
    if (result[0] === 'found') return result[1];
  }
  return false;
};

/** Loads what `--require` names. */
Module._preloadModules = function _preloadModules(requests) {
  if (!Array.isArray(requests)) return;
  const preloader = new Module('internal/preload', null);
  preloader.filename = path.join(process.cwd(), 'preload');
  for (const request of requests) preloader.require(request);
};

Module.register = hooks.register;
Module.registerHooks = hooks.registerHooks;

Module.findSourceMap = function findSourceMap(file) {
  return sourceMaps.findSourceMap(file);
};

Module.getSourceMapsSupport = function getSourceMapsSupport() {
  return sourceMaps.getSupport();
};

Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = undefined) {
  sourceMaps.setSupport(enabled, options);
};

ops.util_lazy_property(Module, 'SourceMap', () => require('internal/source_map').SourceMap, true);

Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options = undefined) {
  return require('internal/modules/typescript').stripTypes(code, options);
};

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm').syncBuiltins();
};

Module.enableCompileCache = function enableCompileCache(options) {
  return require('internal/modules/compile_cache').enableCompileCache(options);
};
for (const name of ['flushCompileCache', 'getCompileCacheDir']) {
  Module[name] = { [name]: () => require('internal/modules/compile_cache')[name]() }[name];
}
ops.util_lazy_property(Module, 'constants', () => require('internal/modules/compile_cache').constants, true);

Module.runMain = function runMain(file = process.argv[1]) {
  require('internal/modules/run_main').runMain(file);
};

module.exports = { Module, exportsWhenLoaded, loadFile, makeRequire, packageFormat, parentOf };

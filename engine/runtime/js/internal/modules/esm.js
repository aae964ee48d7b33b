'use strict';

// ES modules (https://nodejs.org/api/esm.html): finds and loads the graph of a module, then lets V8 link and
// evaluate it. Modules are known to the engine by a number.

const path = require('path');
const { codes } = require('internal/errors');
const { TRACING } = require('internal/flags');
const { builtinId } = require('internal/modules/builtin');
const hooks = require('internal/modules/hooks');
const { isOff, isOn } = require('internal/options');
const mocked = require('internal/modules/mocks');
const sourceMaps = require('internal/source_map_cache');
const { esmError, resolveForImport } = require('internal/modules/resolve');

// Scripts can see in which microtask a module that `import()` loads begins, and how much later they get it.
const MICROTASKS_BEFORE_ERROR = 4;
const MICROTASKS_BEFORE_NEW = 5;
const MICROTASKS_BEFORE_LOADED = 2;
const MICROTASKS_PER_LEVEL = 2;
const MICROTASKS_AFTER = 4;
const MICROTASKS_AFTER_REQUIRED = 2;

const EVALUATING = 3;
const EVALUATED = 4;
const ERRORED = 5;

const isWatched = process.env.WATCH_REPORT_DEPENDENCIES === '1';

/** Loaded modules: key (URL and type) → number. */
const loaded = new Map();
/** What to do when the engine evaluates a synthetic module: number → function. */
const evaluators = new Map();
/** URLs of CommonJS modules that ES modules import. */
const commonJsUrls = new Set();
/** Built-in modules as ES modules: id → number. */
const builtins = new Map();
/** What a module imports: number → [specifier, number] of each. */
const imports = new Map();
/** The CommonJS files behind modules: number → filename. */
const commonJsFiles = new Map();
/** How many microtasks Node's loader needs for what a module imports: number → count. */
const waits = new Map();

/** Modules that came with one that was required. */
const required = new Set();
let isRequiring = false;

/** What kind hooks say a URL is of: URL → format. */
const formats = new Map();

/** The URL that `specifier` means in the module `referrer` (a URL). */
function resolve(specifier, referrer, importAttributes = {}) {
  if (!hooks.hasForImport('resolve')) return resolveOwn(specifier, referrer);
  const context = {
    parentURL: referrer, importAttributes: { __proto__: null, ...importAttributes }, conditions: hooks.conditionsOf('import'),
  };
  const own = (wanted, { parentURL }) => describe(wanted, parentURL ?? referrer);
  const { url, format } = hooks.resolve(specifier, context, own, true);
  if (format !== undefined && format !== null) formats.set(url, format);
  return url;
}

/** What the loader itself says of a specifier. */
function describe(specifier, referrer) {
  // Schemes that nothing can be loaded from are refused only when something is.
  const isForeign = /^(?!data:|file:|node:)[a-zA-Z][a-zA-Z0-9+.-]+:/.test(specifier) && builtinId(specifier) === undefined;
  const url = isForeign ? specifier : resolveOwn(specifier, referrer);
  return { __proto__: null, url, format: isForeign ? null : specifier.startsWith('node:') ? undefined : shownFormat(url), importAttributes: undefined };
}

/** What the loader itself reads for hooks. */
function readSource(url, format, isThread = false) {
  const read = (kind, source) => ({ __proto__: null, format: kind, responseURL: url, source });
  if (url.startsWith('node:')) return read('builtin', null);
  const { Buffer } = require('buffer');
  if (url.startsWith('data:')) return read('module', Buffer.from(dataSource(url).text));
  if (!url.startsWith('file:')) resolveOwn(url, url);
  const kind = format ?? shownFormat(url) ?? formatOf(url, ops.url_to_path(url));
  if (kind === 'commonjs' && isThread) return read(kind, undefined);
  return read(kind, Buffer.from(ops.module_read(ops.url_to_path(url))));
}

/** The format that hooks are told. */
function shownFormat(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (!url.startsWith('file:')) return undefined;
  try {
    const filename = ops.url_to_path(url);
    return formatOf(url, filename) + (/\.[mc]?ts$/.test(filename) ? '-typescript' : '');
  } catch {
    return undefined;
  }
}

/** Loads a URL by the hooks. */
function loadByHooks(url, attributes, key) {
  const context = {
    format: formats.get(url) ?? shownFormat(url),
    importAttributes: { __proto__: null, ...attributes },
    conditions: hooks.conditionsOf('import'),
  };
  const { source, format } = hooks.load(url, context, (about, { format: kind }) => readSource(about, kind), true);
  const text = hooks.textOf(source);
  switch (format) {
    case 'builtin': {
      const number = loadBuiltin(builtinId(url));
      // Hooks are not asked again.
      loaded.set(key, number);
      return number;
    }
    case 'json': {
      const value = parseJson(url, text);
      return synthetic(url, ['default'], (set) => set('default', value), key);
    }
    case 'module': return loadSource(url, text, key);
    case 'commonjs': return loadCommonJs(url, url.startsWith('file:') ? ops.url_to_path(url) : url, key, text);
    default: return undefined;
  }
}

function resolveOwn(specifier, referrer) {
  const id = builtinId(specifier);
  if (id !== undefined) return `node:${id}`;
  if (specifier.startsWith('node:')) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
  if (/^[a-zA-Z][a-zA-Z0-9+.-]+:/.test(specifier) && !specifier.startsWith('file:')) {
    if (specifier.startsWith('data:')) return specifier;
    const scheme = specifier.slice(0, specifier.indexOf(':') + 1);
    const known = scheme === 'http:' || scheme === 'https:' ? 'file and data' : 'file, data, and node';
    throw esmError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
      `Only URLs with a scheme in: ${known} are supported by the default ESM loader. Received protocol '${scheme}'`);
  }
  if (referrer.startsWith('data:') && !specifier.startsWith('file:')) {
    throw esmError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
      `Failed to resolve module specifier "${specifier}" from "${referrer}": ` +
      'Invalid relative URL or base scheme is not hierarchical.');
  }
  const isUrl = specifier.startsWith('file:') || specifier.startsWith('.') || specifier.startsWith('/');
  let suffix = '';
  let request = specifier;
  if (isUrl) {
    const url = ops.url_join(specifier, referrer);
    suffix = /[?#].*$/.exec(url)?.[0] ?? '';
    const file = ops.url_to_path(url);
    if (file === null) throw esmError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER', `Invalid module "${specifier}"`);
    request = file;
  }
  const from = referrer.startsWith('file:') ? ops.url_to_path(referrer) : path.join(process.cwd(), '[eval1]');
  return ops.url_from_path(resolveForImport(request, from, specifier)) + suffix;
}

/** What kind of module a URL leads to. */
function formatOf(url, filename) {
  switch (path.extname(filename)) {
    case '.json': return 'json';
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.wasm': return 'wasm';
    case '.mts': case '.cts': case '.ts':
      if (!require('internal/modules/typescript').isOn) break;
      return require('internal/modules/typescript').format(filename);
    case '.js': case '': {
      const type = ops.module_package_type(filename);
      return type ?? (ops.module_has_esm_syntax(ops.module_read(filename)) ? 'module' : 'commonjs');
    }
    default:
  }
  throw esmError(TypeError, 'ERR_UNKNOWN_FILE_EXTENSION', `Unknown file extension "${path.extname(filename)}" for ${filename}`);
}

/** The number of the module at `url`, loaded with everything it imports. */
function load(url, attributes, source) {
  checkAttributes(url, attributes);
  const key = keyOf(url, attributes);
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const mock = mocked.made.size > 0 ? mocked.made.get(url) : undefined;
  if (mock !== undefined) {
    return synthetic(url, mock.names, (set) => {
      for (const name of mock.names) set(name, mock.valueOf(name));
    }, key);
  }
  if (hooks.hasForImport('load') && source === undefined) {
    const number = loadByHooks(url, attributes, key);
    if (number !== undefined) return number;
  }
  if (url.startsWith('node:')) return loadBuiltin(url.slice(5));
  if (url.startsWith('data:')) return loadData(url, attributes, key);
  const filename = ops.url_to_path(url);
  if (isWatched) require('internal/watch').report(filename);
  const format = source === undefined ? formatOf(url, filename) : 'module';
  if (format === 'json') return loadJson(url, filename, attributes, key);
  if (typeIn(attributes) !== undefined) {
    throw esmError(TypeError, 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE',
      `Module "${url}" is not of type "${typeIn(attributes)}"`);
  }
  if (format === 'commonjs') return loadCommonJs(url, filename, key);
  if (format === 'wasm') return loadWasm(url, filename, key);
  let text = source ?? ops.module_read(filename);
  if (/\.[mc]?ts$/.test(filename) && source === undefined) {
    text = require('internal/modules/typescript').strip(text, filename);
  }
  return loadSource(url, text, key);
}

/** What the attributes say of the type; the prototype of objects is the script's. */
const typeIn = (attributes) => (Object.hasOwn(attributes, 'type') ? attributes.type : undefined);

function keyOf(url, attributes) {
  return typeIn(attributes) === undefined ? url : `${url} ${typeIn(attributes)}`;
}

function isLoaded(url, attributes) {
  return url.startsWith('node:') ? builtins.has(url.slice(5)) : loaded.has(keyOf(url, attributes));
}

function checkAttributes(url, attributes) {
  for (const name of Object.keys(attributes)) {
    if (name !== 'type') {
      throw esmError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
        `Import attribute "${name}" with value "${attributes[name]}" is not supported in ${url}`);
    }
  }
  if (typeIn(attributes) !== undefined && typeIn(attributes) !== 'json') {
    throw esmError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
      `Import attribute "type" with value "${typeIn(attributes)}" is not supported in ${url}`);
  }
}

/**
 * WebAssembly as a module: its imports are those of a module that stands for it, which makes the instance and exports what
 * that exports (https://nodejs.org/api/esm.html#wasm-modules).
 */
function loadWasm(url, filename, key) {
  require('internal/process_warning').warnExperimental('Importing WebAssembly module instances');
  const compiled = new WebAssembly.Module(require('fs').readFileSync(filename));
  const specifiers = [...new Set(WebAssembly.Module.imports(compiled).map(({ module }) => module))];
  const names = WebAssembly.Module.exports(compiled).map(({ name }) => name);
  const instantiate = (imports) => {
    const { exports } = new WebAssembly.Instance(compiled, imports);
    return names.map((name) => (exports[name] instanceof WebAssembly.Global ? exports[name].value : exports[name]));
  };
  const maker = synthetic(`${url}#instance`, ['default'], (set) => set('default', instantiate));
  const lines = [
    `import $make from ${JSON.stringify(WASM_MAKER)};`,
    ...specifiers.map((specifier, index) => `import * as $${index} from ${JSON.stringify(specifier)};`),
    `const [${names.map((_name, index) => `$export${index}`).join(', ')}] = $make({ __proto__: null, ${
      specifiers.map((specifier, index) => `${JSON.stringify(specifier)}: $${index}`).join(', ')} });`,
    ...names.map((name, index) => `export { $export${index} as ${JSON.stringify(name)} };`),
  ];
  return loadSource(url, lines.join('\n'), key, maker);
}

/** What the instance of a WebAssembly module comes from. */
const WASM_MAKER = 'wasm:instance';

function loadSource(url, text, key, maker = undefined) {
  if (sourceMaps.isNoting()) sourceMaps.note(url, text);
  const number = ops.esm_compile(url, text);
  loaded.set(key, number);
  if (isRequiring) required.add(number);
  try {
    const links = [];
    const linked = [];
    let wait = 0;
    for (const [specifier, attributes] of ops.esm_requests(number)) {
      if (specifier === WASM_MAKER && maker !== undefined) {
        links.push(maker);
        linked.push([specifier, maker]);
        continue;
      }
      const target = mocked.replaced(resolve(specifier, url, attributes));
      const isNew = !isLoaded(target, attributes);
      const link = load(target, attributes);
      wait = Math.max(wait, MICROTASKS_PER_LEVEL + (isNew ? (waits.get(link) ?? 0) : 0));
      links.push(link);
      linked.push([specifier, link]);
    }
    imports.set(number, { url, linked });
    waits.set(number, wait);
    ops.esm_link(number, links);
  } catch (error) {
    loaded.delete(key);
    throw error;
  }
  return number;
}

function synthetic(url, names, evaluate, key) {
  const number = ops.esm_synthetic(url, names);
  evaluators.set(number, () => evaluate((name, value) => ops.esm_set_export(number, name, value)));
  if (key !== undefined) loaded.set(key, number);
  return number;
}

function loadBuiltin(id) {
  const known = builtins.get(id);
  if (known !== undefined) return known;
  const exports = require(id);
  const names = Object.keys(exports).filter((name) => name !== 'default');
  const number = synthetic(`node:${id}`, ['default', ...names], (set) => {
    for (const name of names) set(name, exports[name]);
    set('default', exports);
  });
  builtins.set(id, number);
  return number;
}

/** `module.syncBuiltinESMExports`: changed properties of built-in modules reach their ES module exports. */
function syncBuiltins() {
  for (const [id, number] of builtins) {
    if (ops.esm_status(number) !== EVALUATED) continue;
    const exports = require(id);
    for (const name of Object.keys(ops.esm_namespace(number))) {
      if (name !== 'default') ops.esm_set_export(number, name, exports[name]);
    }
  }
}

function loadJson(url, filename, attributes, key) {
  if (typeIn(attributes) !== 'json') {
    throw esmError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING',
      `Module "${url}" needs an import attribute of "type: json"`);
  }
  const value = url === ops.url_from_path(filename) ? sharedJson(url, filename) : parseJson(url, ops.module_read(filename));
  return synthetic(url, ['default'], (set) => set('default', value), key);
}

/** What `require` of the file gives or will give, too. */
function sharedJson(url, filename) {
  const { Module } = require('internal/modules/cjs');
  const known = Module._cache[filename];
  if (known?.loaded) return known.exports;
  const value = parseJson(url, ops.module_read(filename));
  if (known === undefined) {
    const module = new Module(filename);
    Object.assign(module, { exports: value, filename, loaded: true, paths: Module._nodeModulePaths(path.dirname(filename)) });
    Module._cache[filename] = module;
  }
  return value;
}

function parseJson(url, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    error.message = `${url.startsWith('file:') ? ops.url_to_path(url) : url}: ${error.message}`;
    throw error;
  }
}

/** Type and text of a `data:` URL. */
function dataSource(url) {
  const match = /^data:([^,;]*)((?:;[^,;]*)*),([^#]*)/.exec(url);
  if (match === null) throw new codes.ERR_INVALID_URL(url);
  const body = decodeURIComponent(match[3]);
  const text = /;base64$/.test(match[2]) ? require('buffer').Buffer.from(body, 'base64').toString() : body;
  return { kind: match[1], text };
}

function loadData(url, attributes, key) {
  const { kind, text } = dataSource(url);
  if (kind === 'application/json') {
    if (typeIn(attributes) !== 'json') {
      throw esmError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING',
        `Module "${url}" needs an import attribute of "type: json"`);
    }
    const value = parseJson(url, text);
    return synthetic(url, ['default'], (set) => set('default', value), key);
  }
  if (kind === 'text/javascript') return loadSource(url, text, key);
  throw esmError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${kind || null} for URL ${url}`);
}

/** A CommonJS module seen from an ES module: `default` is `module.exports`, names are read off its source. */
function loadCommonJs(url, filename, key, text) {
  const { Module, exportsWhenLoaded, loadFile } = require('internal/modules/cjs');
  commonJsUrls.add(url);
  const names = new Set(exportNames(filename, new Set(), text));
  names.delete('default');
  names.delete('module.exports');
  const number = synthetic(url, ['default', 'module.exports', ...names], (set) => {
    const exports = text === undefined ? exportsWhenLoaded(filename, () => (hooks.has('resolve') ? loadFile(filename) : Module._load(filename, undefined, false))) : loadText(Module, filename, text);
    const isObject = exports !== null && (typeof exports === 'object' || typeof exports === 'function');
    for (const name of names) {
      if (isObject && Object.hasOwn(exports, name)) {
        let value;
        try {
          value = exports[name];
        } catch {
          // A getter that throws gives no export.
        }
        set(name, value);
      }
    }
    set('default', exports);
    set('module.exports', exports);
  }, key);
  commonJsFiles.set(number, filename);
  return number;
}

/** The exports of a CommonJS module whose text hooks gave. */
function loadText(Module, filename, text) {
  const known = Module._cache[filename];
  if (known !== undefined) return known.exports;
  const module = new Module(filename);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  Module._cache[filename] = module;
  module._compile(text, filename, 'commonjs');
  module.loaded = true;
  return module.exports;
}

/** The names that a CommonJS file exports, as far as its source shows them. */
function exportNames(filename, seen, given) {
  if (seen.has(filename)) return [];
  seen.add(filename);
  const extension = path.extname(filename);
  if (extension === '.json' || extension === '.node') return [];
  let text = given ?? ops.module_read(filename);
  if (/^\.[mc]?ts$/.test(extension)) text = require('internal/modules/typescript').strip(text, filename);
  const { names, reexports } = ops.module_cjs_exports(text, filename);
  const all = new Set(names);
  for (const request of reexports) {
    if (builtinId(request) !== undefined) {
      for (const name of Object.keys(require(builtinId(request)))) all.add(name);
      continue;
    }
    const result = ops.module_resolve(request, path.dirname(filename), 'require');
    if (result[0] === 'found') for (const name of exportNames(result[1], seen)) all.add(name);
  }
  return [...all];
}

/** Links; an error's stack begins with the place. */
function instantiate(number) {
  try {
    ops.esm_instantiate(number);
  } catch (error) {
    if (error instanceof SyntaxError) explainLinkError(error);
    throw error;
  }
}

function explainLinkError(error) {
  const place = ops.error_place(error);
  const frames = error.stack.slice(error.stack.indexOf(error.message) + error.message.length);
  const [, specifier, name] = /^The requested module '(.*)' does not provide an export named '(.+)'$/s.exec(error.message) ?? [];
  const [where, line = ''] = place.split('\n');
  if (specifier !== undefined && commonJsUrls.has(resolve(specifier, where.slice(0, where.lastIndexOf(':'))))) {
    const names = /{.*}/.exec(line)?.[0].replaceAll(/ as /g, ': ');
    error.message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, ` +
      'which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the ' +
      `default export, for example using:\n\nimport pkg from '${specifier}';\n` +
      (names === undefined ? '' : `const ${names} = pkg;\n`);
  }
  error.stack = `${place}SyntaxError: ${error.message}${frames}`;
}

/** Links and evaluates; returns V8's promise. */
function evaluate(number) {
  instantiate(number);
  return ops.esm_evaluate(number);
}

/** Tells the trace that the module at a URL waits for its turn in the queue of microtasks; 0 when nobody watches. */
function announce(url) {
  return ops.flags[TRACING] === 0 ? 0 : ops.task_module(url);
}

/** Calls `evaluateNow`, which the trace knows as what the announced module does. */
function runAnnounced(task, evaluateNow) {
  if (task === 0) return evaluateNow();
  ops.task_started(task);
  let threw = true;
  try {
    const promise = evaluateNow();
    threw = false;
    return promise;
  } finally {
    ops.task_ended(task, threw);
  }
}

/** A name that only CommonJS has: says so. */
function explainScopeError(error, url) {
  if (!(error instanceof ReferenceError)) return;
  const [, name] = /^(require|module|exports|__filename|__dirname) is not defined$/.exec(error.message) ?? [];
  if (name === undefined) return;
  error.message += ' in ES module scope';
  if (name === 'require') error.message += ', you can use import instead';
  const filename = url.startsWith('file:') ? ops.url_to_path(url) : '';
  if (filename.endsWith('.js') && ops.module_package_type(filename) === 'module') {
    error.message += "\nThis file is being treated as an ES module because it has a '.js' file extension and " +
      `'${ops.module_find_package(filename)}' contains "type": "module". To treat it as a CommonJS script, rename it ` +
      "to use the '.cjs' file extension.";
  }
}

/** Nobody handles what a module's code threw. */
function fail(error) {
  ops.inspect_rejection(0, error);
  ops.trigger_uncaught(error, true);
}

/** Runs the main script as an ES module. */
function runMain(filename, source) {
  // The brackets in the name of program text stay as they are.
  const url = source === undefined
    ? ops.url_from_path(filename)
    : `${ops.url_from_path(path.dirname(filename))}/${path.basename(filename)}`;
  const task = announce(url);
  // The module runs inside a microtask, which is why its microtasks come before its next ticks.
  ops.enqueue_microtask(() => {
    let promise;
    try {
      promise = runAnnounced(task, () => {
        const number = load(url, {}, source);
        ops.esm_set_main(number);
        return evaluate(number);
      });
    } catch (error) {
      ops.trigger_uncaught(error, true);
      return;
    }
    promise.then(undefined, (error) => {
      explainScopeError(error, url);
      fail(error);
    });
  });
}

/** Runs the module at a URL as the main one. */
function runUrl(url) {
  const task = announce(url);
  ops.enqueue_microtask(() => {
    let promise;
    try {
      promise = runAnnounced(task, () => {
        const number = load(url, {});
        ops.esm_set_main(number);
        return evaluate(number);
      });
    } catch (error) {
      ops.trigger_uncaught(error, true);
      return;
    }
    promise.then(undefined, fail);
  });
}

/** Loads the modules that `--import` names, one after the other, then calls `start`. */
function preload(specifiers, start) {
  const base = ops.url_from_path(path.join(process.cwd(), 'preload'));
  const loadNext = async () => {
    for (const specifier of specifiers) await evaluate(load(resolve(specifier, base), {}));
  };
  loadNext().then(start).catch(fail);
}

/** As `runUrl`, with hooks saying what the URL leads to. */
function runResolved(url) {
  const context = { parentURL: undefined, importAttributes: { __proto__: null }, conditions: hooks.conditionsOf('import') };
  const found = hooks.resolve(url, context, (wanted) => describe(wanted, url), true);
  if (found.format !== undefined && found.format !== null) formats.set(found.url, found.format);
  runUrl(found.url);
}

/** The exports of the module at a URL. */
async function importUrl(url) {
  const number = load(url, {});
  await evaluate(number);
  return ops.esm_namespace(number);
}

function afterMicrotasks(count, callback) {
  if (count === 0) callback();
  else ops.enqueue_microtask(() => afterMicrotasks(count - 1, callback));
}

/** `import(specifier)`: the engine calls this with the URL or path of the importing code. */
function importDynamically(specifier, referrer, attributes) {
  const base = referrer.startsWith('/') ? ops.url_from_path(referrer) : referrer;
  const trace = require('internal/diagnostics/observed').tracing('module.import');
  if (trace === undefined) return importNow(specifier, base, attributes);
  return trace.tracePromise(importNow, { parentURL: base, url: specifier }, undefined, specifier, base, attributes);
}

function importNow(specifier, base, attributes) {
  return new Promise((fulfil, reject) => {
    let url;
    let number;
    let before = MICROTASKS_BEFORE_LOADED;
    let task = 0;
    try {
      url = mocked.replaced(resolve(specifier, base, attributes));
      const isNew = !isLoaded(url, attributes);
      number = load(url, attributes);
      if (isNew) before = MICROTASKS_BEFORE_NEW + (waits.get(number) ?? 0);
      if (ops.esm_status(number) < EVALUATING) task = announce(url);
    } catch (error) {
      afterMicrotasks(MICROTASKS_BEFORE_ERROR, () => reject(error));
      return;
    }
    const after = required.has(number) ? MICROTASKS_AFTER_REQUIRED : MICROTASKS_AFTER;
    const fail = (error) => {
      explainScopeError(error, url);
      afterMicrotasks(after, () => reject(error));
    };
    afterMicrotasks(before, () => {
      let promise;
      try {
        promise = runAnnounced(task, () => evaluate(number));
      } catch (error) {
        fail(error);
        return;
      }
      promise.then(() => afterMicrotasks(after, () => fulfil(ops.esm_namespace(number))), fail);
    });
  });
}

function cycleError(what, from) {
  return new codes.ERR_REQUIRE_CYCLE_MODULE(`${what} in a cycle. (from ${from})`);
}

/** What is being evaluated or loaded just now cannot be waited for: throws if `number` imports such a module. */
function refuseCycles(number, seen = new Set()) {
  const module = imports.get(number);
  if (module === undefined || seen.has(number) || ops.esm_status(number) >= EVALUATED) return;
  seen.add(number);
  const from = module.url.startsWith('file:') ? ops.url_to_path(module.url) : module.url;
  for (const [specifier, link] of module.linked) {
    const status = ops.esm_status(link);
    if (status === EVALUATING) throw cycleError(`Cannot import Module ${specifier}`, from);
    const filename = status < EVALUATED ? commonJsFiles.get(link) : undefined;
    if (filename !== undefined && require('internal/modules/cjs').Module._cache[filename]?.loaded === false) {
      throw cycleError(`Cannot import CommonJS Module ${specifier}`, from);
    }
    refuseCycles(link, seen);
  }
}

/** `require` of ES modules is switched off. */
function refuseRequired(filename, parent) {
  let message = `require() of ES Module ${filename}${parent ? ` from ${parent}` : ''} not supported.\n`;
  if (filename.endsWith('.mjs')) {
    message += `Instead change the require of ${filename} to a dynamic import() which is available in all CommonJS modules.`;
  } else {
    const name = path.basename(filename);
    message += `${name} is treated as an ES module file as it is a .js file whose nearest parent package.json contains ` +
      '"type": "module" which declares all .js files in that package scope as ES modules.\n' +
      `Instead either rename ${name} to end in .cjs, change the requiring code to use dynamic import() which is available in ` +
      `all CommonJS modules, or change "type": "module" to "type": "commonjs" in ${ops.module_find_package(filename)} to treat ` +
      'all .js files as CommonJS (using .mjs for all ES modules instead).\n';
  }
  throw esmError(Error, 'ERR_REQUIRE_ESM', message);
}

/** As `load`, for `require`. */
function loadRequired(url, source) {
  const before = isRequiring;
  isRequiring = true;
  try {
    return load(url, {}, source);
  } finally {
    isRequiring = before;
  }
}

/** `require` of an ES module; `parent` is the file that asks for it. */
function requireModule(filename, source, parent) {
  const url = ops.url_from_path(filename);
  if (isOff('--experimental-require-module') || isOff('--require-module')) refuseRequired(filename, parent);
  const number = loadRequired(url, /\.[mc]?ts$/.test(filename) ? undefined : source);
  if (ops.esm_status(number) === EVALUATING) {
    const error = cycleError(`Cannot require() ES Module ${filename}`, parent);
    error.message +=
      ' A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. ' +
      'Try making at least part of the dependency in the graph lazily loaded.';
    throw error;
  }
  refuseCycles(number);
  instantiate(number);
  if (ops.esm_is_async(number)) {
    const error = esmError(Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with ' +
      'top-level await. Use import() instead. To see where the top-level await comes from, use ' +
      '--experimental-print-required-tla.');
    throw error;
  }
  const promise = ops.esm_evaluate(number);
  if (ops.esm_status(number) === ERRORED) {
    ops.promise_mark_handled(promise);
    const error = ops.esm_exception(number);
    explainScopeError(error, url);
    throw error;
  }
  const namespace = ops.esm_namespace(number);
  if ('module.exports' in namespace) return namespace['module.exports'];
  if ('default' in namespace && !('__esModule' in namespace)) return withEsModuleMark(url, number);
  return namespace;
}

/** A namespace like that of module `number` with `__esModule: true`, which transpiled code looks for. */
function withEsModuleMark(url, number) {
  const mark = ops.esm_compile(`${url}#__esModule`,
    "export * from 'original'; export { default } from 'original'; export const __esModule = true;");
  ops.esm_link(mark, ops.esm_requests(mark).map(() => number));
  ops.esm_instantiate(mark);
  ops.esm_evaluate(mark);
  return ops.esm_namespace(mark);
}

/** The engine calls this when a script first touches `import.meta`. */
function fillImportMeta(meta, url, number) {
  if (isVmUsed() && require('internal/vm/module').fillImportMeta(meta, number)) return;
  if (url.startsWith('file:')) {
    const filename = ops.url_to_path(url);
    meta.dirname = path.dirname(filename);
    meta.filename = filename;
  }
  meta.main = loaded.get(url) !== undefined && loaded.get(url) === ops.esm_main();
  meta.resolve = (specifier, parent) =>
    resolveForMeta(`${specifier}`, parent !== undefined && isOn('--experimental-import-meta-resolve') ? `${parent}` : url);
  meta.url = url;
}

function resolveForMeta(specifier, url) {
  try {
    return resolve(specifier, url);
  } catch (error) {
    // A path that leads nowhere still has a URL.
    if (error.code === 'ERR_MODULE_NOT_FOUND' && error.url !== undefined) {
      return error.url + (/[?#].*$/.exec(specifier)?.[0] ?? '');
    }
    throw error;
  }
}

/** The engine calls this when V8 evaluates a synthetic module. */
function evaluateSynthetic(number) {
  const evaluate = evaluators.get(number);
  if (evaluate === undefined) require('internal/vm/module').evaluateSynthetic(number);
  else evaluate();
}

/** Whether scripts can have made modules by themselves. */
function isVmUsed() {
  return require('internal/vm/import').hasModules();
}

module.exports = {
  conditions: () => hooks.conditionsOf('import'), describe, evaluateSynthetic, fillImportMeta, importDynamically, importUrl,
  readSource, runResolved, preload, requireModule, runMain, runUrl, syncBuiltins,
};

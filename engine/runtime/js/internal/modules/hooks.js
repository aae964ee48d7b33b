'use strict';

// Hooks that scripts put into the finding and loading of modules
// (https://nodejs.org/api/module.html#synchronous-hooks-accepted-by-moduleregisterhooks). The hook that was registered
// last is asked first; each asks the next, and the last of them asks the loader itself.

/** Registered hooks, oldest first. */
const chain = [];

const kModuleHooksIdKey = Symbol('kModuleHooksIdKey');
let count = 0;

class ModuleHooks {
  constructor({ resolve, load }) {
    this.resolve = resolve;
    this.load = load;
    this[kModuleHooksIdKey] = Symbol(`module-hook-${count++}`);
  }

  /** Takes the hooks out again. */
  deregister() {
    const index = chain.indexOf(this);
    if (index !== -1) chain.splice(index, 1);
  }
}

class ModuleResolveContext {
  constructor(values) {
    Object.assign(this, values);
  }
}

class ModuleLoadContext {
  constructor(values) {
    Object.assign(this, values);
  }
}

/** `module.registerHooks({ resolve, load })`. */
function registerHooks(hooks) {
  const { resolve, load } = hooks;
  const { validateFunction } = require('internal/validators');
  if (resolve !== undefined) validateFunction(resolve, 'hooks.resolve');
  if (load !== undefined) validateFunction(load, 'hooks.load');
  const registered = new ModuleHooks({ resolve, load });
  chain.push(registered);
  return registered;
}

/** The thread with the hooks of `module.register`. */
let thread;

/** `module.register`. */
function register(specifier, parentURL = undefined, options = undefined) {
  if (thread === undefined) {
    process.emitWarning('`module.register()` is deprecated. Use `module.registerHooks()` instead.', 'DeprecationWarning', 'DEP0205');
  }
  registerQuietly(specifier, parentURL, options);
}

function registerQuietly(specifier, parentURL, options) {
  const asked = require('internal/modules/hooks_thread');
  asked.register(specifier, parentURL, options);
  thread = asked;
}

/** Whether there are hooks for what ES modules import. */
const hasForImport = (kind) => thread !== undefined || has(kind);

const has = (kind) => chain.length > 0 && chain.some((hooks) => hooks[kind] !== undefined);

function returnError(expected, kind, property, value) {
  const { determineSpecificType } = require('internal/error_format');
  const error = new TypeError(
    `Expected ${expected} to be returned for the "${property}" from the "${kind}" hook but got ${determineSpecificType(value)}.`);
  error.code = 'ERR_INVALID_RETURN_PROPERTY_VALUE';
  return error;
}

/** Asks the hooks of a kind from the newest on; `context` holds what the next is told when a hook changes nothing. */
function ask(kind, subject, context, Context, last, check) {
  const links = chain.map((hooks) => hooks[kind]).filter((hook) => hook !== undefined);
  const askFrom = (index, about, known) => {
    if (index < 0) return last(about, known);
    let asked = false;
    const next = (nextSubject = about, changes = undefined) => {
      asked = true;
      const merged = changes === undefined ? known : new Context({ ...known, ...changes });
      return askFrom(index - 1, nextSubject, merged);
    };
    const hook = links[index];
    const result = hook(about, known, next);
    const { shortCircuit } = Object(result);
    if (!asked && shortCircuit !== true) throw returnError('true', kind, 'shortCircuit', shortCircuit);
    check(result);
    return result;
  };
  return askFrom(links.length - 1, subject, new Context(context));
}

const isText = (value) => value === undefined || value === null || typeof value === 'string';

function checkResolved({ url, format }) {
  if (typeof url !== 'string') throw returnError('a URL string', 'resolve', 'url', url);
  if (!isText(format)) throw returnError('a string', 'resolve', 'format', format);
}

function checkLoaded({ source, format }) {
  if (!isText(format)) throw returnError('a string', 'load', 'format', format);
  if (!isText(source) && !(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) {
    throw returnError('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
  }
}

/** `{ url, format }` of a specifier; `last(specifier, context)` is the loader's own way. */
function resolve(specifier, context, last, isImport = false) {
  if (isImport && thread !== undefined) last = thread.resolve;
  return ask('resolve', specifier, context, ModuleResolveContext, last, checkResolved);
}

/** `{ source, format }` of a URL; `last(url, context)` is the loader's own way. */
function load(url, context, last, isImport = false) {
  if (isImport && thread !== undefined) last = thread.load;
  return ask('load', url, context, ModuleLoadContext, last, checkLoaded);
}

/** What a hook returned as source, as text. */
function textOf(source) {
  if (source === undefined || source === null || typeof source === 'string') return source;
  const { Buffer } = require('buffer');
  const bytes = ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source);
  return bytes.toString();
}

/** The conditions of packages for `require` or `import`. */
function conditionsOf(kind) {
  const own = require('internal/options').valuesOf('--conditions').concat(require('internal/options').valuesOf('-C'));
  const usual = kind === 'require' ? ['require', 'node', 'node-addons', 'module-sync'] : ['node', 'import', 'module-sync', 'node-addons'];
  return [...usual, ...own];
}

module.exports = { conditionsOf, has, hasForImport, load, register, registerHooks, registerQuietly, resolve, returnError, textOf };

'use strict';

// ES modules whose making a script has in its own hands (https://nodejs.org/api/vm.html#class-vmmodule). The engine knows
// a module by its number.

const { codes } = require('internal/errors');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { setOwner, symbolFor } = require('internal/vm/import');
const { isContext, validateCachedData } = require('internal/vm/options');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const kMake = Symbol('kMake');

/** What the engine says of a module, as numbers and as scripts see it. */
const STATUS = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'errored'];
const [UNLINKED, LINKING, LINKED, EVALUATING, EVALUATED, ERRORED] = [0, 1, 2, 3, 4, 5];

const { then } = Promise.prototype;

/** Modules by number, for the engine's calls. */
const byNumber = new Map();
/** How many modules a context has, for their names. */
const counts = new WeakMap();
const MAIN = {};

function newIdentifier(context) {
  const key = context ?? MAIN;
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return `vm:module(${count})`;
}

const statusError = (what) => new codes.ERR_VM_MODULE_STATUS(what);

/** A promise like `inner`, of this context: the other one's own queue may never run. */
function settled(inner) {
  const state = ops.util_promise(inner);
  if (state === undefined) {
    return new Promise((fulfil, reject) => {
      Reflect.apply(then, inner, [() => fulfil(undefined), reject]);
    });
  }
  const [isFulfilled, value] = state;
  if (isFulfilled) return Promise.resolve(undefined);
  // Whoever asked handles the rejection of the promise returned.
  Reflect.apply(then, inner, [undefined, () => {}]);
  return Promise.reject(value);
}

class Module {
  #number;
  #identifier;
  #context;
  /** Linking, before the engine knows of it, or what failed while linking. */
  #linking = false;
  #failure;

  constructor(key, options = undefined, make = undefined) {
    if (key !== kMake) throw new TypeError('Module is not a constructor');
    const { context, identifier } = options;
    if (context !== undefined) {
      validateObject(context, 'options.context');
      if (!isContext(context)) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
    }
    if (identifier !== undefined) validateString(identifier, 'options.identifier');
    this.#context = context;
    this.#identifier = identifier ?? newIdentifier(context);
    this.#number = make(this.#identifier, context ?? null);
    byNumber.set(this.#number, this);
  }

  static #check(module) {
    if (typeof module !== 'object' || module === null || !(#number in module)) throw new codes.ERR_INVALID_THIS('Module');
    return module;
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #number in value;
  }

  static numberOf(module) {
    return Module.#check(module).#number;
  }

  static fail(module, error) {
    module.#linking = false;
    module.#failure = { error };
  }

  static setLinking(module, linking) {
    module.#linking = linking;
  }

  static statusOf(module) {
    if (module.#failure !== undefined) return ERRORED;
    const status = ops.esm_status(module.#number);
    return status === UNLINKED && module.#linking ? LINKING : status;
  }

  get identifier() {
    return Module.#check(this).#identifier;
  }

  get context() {
    return Module.#check(this).#context;
  }

  get namespace() {
    Module.#check(this);
    if (statusOf(this) < LINKED) throw statusError('must not be unlinked or linking');
    return ops.esm_namespace(this.#number);
  }

  get status() {
    return STATUS[statusOf(Module.#check(this))];
  }

  get error() {
    Module.#check(this);
    if (statusOf(this) !== ERRORED) throw statusError('must be errored');
    return this.#failure === undefined ? ops.esm_exception(this.#number) : this.#failure.error;
  }

  async link(linker) {
    Module.#check(this);
    validateFunction(linker, 'linker');
    const status = statusOf(this);
    if (status === LINKED) throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    if (status !== UNLINKED) throw statusError('must be unlinked');
    await linkGraph(this, linker);
    try {
      ops.esm_instantiate(this.#number);
    } catch (error) {
      fail(this, error);
      throw error;
    }
  }

  evaluate(options = {}) {
    try {
      Module.#check(this);
      return this.#evaluate(options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #evaluate(options) {
    Module.#check(this);
    validateObject(options, 'options');
    const { timeout = 0, breakOnSigint = false } = options;
    if (timeout !== 0) validateUint32(timeout, 'options.timeout', true);
    validateBoolean(breakOnSigint, 'options.breakOnSigint');
    if (statusOf(this) < LINKED || statusOf(this) === EVALUATING) {
      if (this instanceof SyntheticModule && statusOf(this) === UNLINKED) ops.esm_instantiate(this.#number);
      else throw statusError('must be one of linked, evaluated, or errored');
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return settled(ops.vm_module_evaluate(this.#number, timeout, breakOnSigint));
  }

  [inspectCustom](depth, options) {
    Module.#check(this);
    const { name } = this.constructor;
    if (typeof depth === 'number' && depth < 0) return `[${name}]`;
    const { inspect } = require('internal/util/inspect');
    const shown = { status: this.status, identifier: this.identifier, context: this.context };
    Object.setPrototypeOf(shown, this.constructor.prototype);
    Object.defineProperty(shown, 'constructor', { value: this.constructor, enumerable: false });
    return inspect(shown, { ...options, customInspect: false });
  }
}

const { fail, is: isModule, numberOf, setLinking, statusOf } = Module;
for (const name of ['is', 'numberOf', 'fail', 'setLinking', 'statusOf']) delete Module[name];

/** Asks for the modules behind every request, and for those behind theirs. */
async function linkGraph(module, linker) {
  setLinking(module, true);
  try {
    const links = module.moduleRequests.map(async ({ specifier, attributes }) => {
      const found = await linker(specifier, module, { attributes, assert: attributes });
      checkLink(module, specifier, found);
      if (statusOf(found) === UNLINKED) await linkGraph(found, linker);
      return found;
    });
    const modules = await Promise.all(links);
    ops.esm_link(numberOf(module), modules.map(numberOf));
  } catch (error) {
    fail(module, error);
    throw error;
  }
}

function checkLink(module, specifier, found) {
  if (!isModule(found)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (found.context !== module.context) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
  if (statusOf(found) === ERRORED) {
    throw new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, found.error);
  }
}

class SourceTextModule extends Module {
  #requests;
  #specifiers;
  #hasLinks = false;

  constructor(sourceText, options = {}) {
    validateString(sourceText, 'sourceText');
    validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, cachedData } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    let symbol;
    validateCachedData(cachedData);
    super(kMake, options, (identifier, context) => {
      symbol = symbolFor(importModuleDynamically, identifier);
      const [number, , isRejected] =
        ops.vm_module_compile(sourceText, identifier, lineOffset, columnOffset, cachedData, symbol, context);
      if (isRejected) throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
      return number;
    });
    setOwner(symbol, this);
    if (initializeImportMeta !== undefined) metas.set(numberOf(this), initializeImportMeta);
    this.#requests = ops.esm_requests(numberOf(this)).map(([specifier, attributes]) => Object.freeze({
      __proto__: null,
      specifier,
      attributes: Object.freeze(Object.assign({ __proto__: null }, attributes)),
      phase: 'evaluation',
    }));
    Object.freeze(this.#requests);
  }

  linkRequests(modules) {
    validateArray(modules, 'modules');
    if (statusOf(this) !== UNLINKED) throw statusError('must be unlinked');
    if (modules.length !== this.#requests.length) {
      throw new codes.ERR_MODULE_LINK_MISMATCH(`Expected ${this.#requests.length} modules, got ${modules.length}`);
    }
    modules.forEach((found, index) => checkLink(this, this.#requests[index].specifier, found));
    ops.esm_link(numberOf(this), modules.map(numberOf));
    this.#hasLinks = true;
  }

  instantiate() {
    if (statusOf(this) !== UNLINKED) throw statusError('must be unlinked');
    if (!this.#hasLinks && this.#requests.length > 0) throw new codes.ERR_VM_MODULE_LINK_FAILURE('module is not linked');
    ops.esm_instantiate(numberOf(this));
  }

  get dependencySpecifiers() {
    this.#specifiers ??= Object.freeze(this.#requests.map(({ specifier }) => specifier));
    return this.#specifiers;
  }

  get moduleRequests() {
    return this.#requests;
  }

  get status() {
    return super.status;
  }

  get error() {
    return super.error;
  }

  hasAsyncGraph() {
    if (statusOf(this) < LINKED) throw statusError('must be instantiated');
    return ops.esm_is_async(numberOf(this));
  }

  hasTopLevelAwait() {
    return ops.vm_module_has_await(numberOf(this));
  }

  createCachedData() {
    const status = statusOf(this);
    if (status === EVALUATING || status === EVALUATED || status === ERRORED) {
      throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    const bytes = ops.vm_module_cache(numberOf(this));
    return require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, index) => {
      if (exportNames.indexOf(name) < index) {
        throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    super(kMake, options, (identifier, context) => ops.vm_module_synthetic(identifier, exportNames, context));
    evaluators.set(numberOf(this), () => Reflect.apply(evaluateCallback, this, []));
    // It imports nothing, so there is nothing to wait for.
    ops.esm_link(numberOf(this), []);
    ops.esm_instantiate(numberOf(this));
  }

  link() {}

  setExport(name, value) {
    validateString(name, 'name');
    ops.esm_set_export(numberOf(this), name, value);
  }
}

/** What to do when the engine evaluates a synthetic module, and when a script first touches `import.meta`. */
const evaluators = new Map();
const metas = new Map();

/** The engine calls this for module `number`; returns whether it is one of these. */
function evaluateSynthetic(number) {
  const evaluate = evaluators.get(number);
  if (evaluate === undefined) return false;
  evaluate();
  return true;
}

/** The same for `import.meta`. */
function fillImportMeta(meta, number) {
  const module = byNumber.get(number);
  if (module === undefined) return false;
  metas.get(number)?.(meta, module);
  return true;
}

module.exports = { Module, SourceTextModule, SyntheticModule, evaluateSynthetic, fillImportMeta, isModule };

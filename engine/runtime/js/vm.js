'use strict';

// The module `vm` (https://nodejs.org/api/vm.html).

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateObject, validateOneOf, validateString, validateStringArray } =
  require('internal/validators');
const { USE_MAIN_CONTEXT_DEFAULT_LOADER, hasModules, setOwner, symbolFor } = require('internal/vm/import');
const { DONT_CONTEXTIFY, isContext, named, toContext, toRun, validateContext, validatePlace } =
  require('internal/vm/options');

function toBuffer(bytes) {
  return require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

class ContextifyScript {
  #number;

  constructor(code, { filename, lineOffset, columnOffset, cachedData, produceCachedData, parsingContext }, symbol) {
    const [number, sourceMapURL, isRejected, sourceURL] =
      ops.vm_script_new(this, code, filename, lineOffset, columnOffset, cachedData, symbol, parsingContext);
    this.#number = number;
    if (cachedData !== undefined) this.cachedDataRejected = isRejected;
    if (produceCachedData) {
      this.cachedData = this.createCachedData();
      this.cachedDataProduced = this.cachedData.length > 0;
    }
    this.sourceURL = sourceURL;
    this.sourceMapURL = sourceMapURL;
  }

  runInContext(contextifiedObject, timeout, displayErrors, breakOnSigint) {
    return ops.vm_script_run(this.#number, contextifiedObject, timeout, displayErrors, breakOnSigint);
  }

  createCachedData() {
    return toBuffer(ops.vm_script_cache(this.#number));
  }
}

class Script extends ContextifyScript {
  constructor(code, options = {}) {
    code = `${code}`;
    const {
      filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false,
      importModuleDynamically, [kParsingContext]: parsingContext,
    } = named(options);
    const place = { filename, lineOffset, columnOffset, cachedData, produceCachedData, parsingContext };
    validatePlace(place);
    const symbol = symbolFor(importModuleDynamically, filename);
    super(code, place, symbol);
    setOwner(symbol, this);
  }

  runInThisContext(options) {
    if (options === undefined) options = {};
    const { timeout, displayErrors, breakOnSigint } = toRun(options);
    return super.runInContext(null, timeout, displayErrors, breakOnSigint);
  }

  runInContext(contextifiedObject, options) {
    if (options === undefined) options = {};
    validateContext(contextifiedObject);
    const { timeout, displayErrors, breakOnSigint } = toRun(options);
    return super.runInContext(contextifiedObject, timeout, displayErrors, breakOnSigint);
  }

  runInNewContext(contextObject, options) {
    if (options === undefined) options = {};
    validateObject(options, 'options');
    const context = makeContext(contextObject ?? {}, toContext(options, true));
    return this.runInContext(context, options);
  }
}

const kParsingContext = Symbol('script parsing context');

/** An object that stands for a new context, or for the one it has. */
function makeContext(contextObject, { strings, wasm, ownQueue }, symbol = symbolFor(undefined)) {
  if (contextObject === DONT_CONTEXTIFY) return ops.vm_context_new(null, strings, wasm, ownQueue, symbol);
  if (isContext(contextObject)) return contextObject;
  return ops.vm_context_new(contextObject, strings, wasm, ownQueue, symbol);
}

function createContext(contextObject = {}, options = {}) {
  if (contextObject !== DONT_CONTEXTIFY && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const symbol = symbolFor(options.importModuleDynamically, 'vm:context');
  const context = makeContext(contextObject, toContext(options, false), symbol);
  setOwner(symbol, context);
  return context;
}

function createScript(code, options) {
  return new Script(code, options);
}

function runInContext(code, contextifiedObject, options) {
  validateContext(contextifiedObject);
  const own = typeof options === 'string' ? { filename: options } : options;
  return createScript(code, { ...own, [kParsingContext]: contextifiedObject }).runInContext(contextifiedObject, own);
}

function runInNewContext(code, contextObject, options) {
  const own = typeof options === 'string' ? { filename: options } : options;
  const context = makeContext(contextObject ?? {}, toContext(own ?? {}, true));
  return createScript(code, { ...own, [kParsingContext]: context }).runInContext(context, own);
}

function runInThisContext(code, options) {
  const own = typeof options === 'string' ? { filename: options } : options;
  return createScript(code, own).runInThisContext(own);
}

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  validateObject(options, 'options');
  if (params !== undefined) validateStringArray(params, 'params');
  const {
    filename = '', columnOffset = 0, lineOffset = 0, cachedData, produceCachedData = false, parsingContext,
    contextExtensions = [], importModuleDynamically,
  } = options;
  validatePlace({ filename, lineOffset, columnOffset, cachedData, produceCachedData });
  if (parsingContext !== undefined && (typeof parsingContext !== 'object' || parsingContext === null ||
      !isContext(parsingContext))) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, index) =>
    validateObject(extension, `options.contextExtensions[${index}]`, { nullable: true }));
  const symbol = symbolFor(importModuleDynamically, filename);
  const [fn, sourceMapURL, isRejected, produced] = ops.vm_compile_function(code, filename, lineOffset, columnOffset,
    cachedData, symbol, parsingContext, contextExtensions, params ?? [], produceCachedData);
  setOwner(symbol, fn);
  if (produceCachedData) {
    fn.cachedDataProduced = produced.length > 0;
    if (fn.cachedDataProduced) fn.cachedData = toBuffer(produced);
  }
  if (cachedData !== undefined) fn.cachedDataRejected = isRejected;
  if (sourceMapURL !== undefined) fn.sourceMapURL = sourceMapURL;
  return fn;
}

/** How much memory contexts take. */
function measureMemory(options = {}) {
  require('internal/process_warning').warnExperimental('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  const statistics = require('v8').getHeapStatistics();
  const whole = () => ({
    jsMemoryEstimate: statistics.used_heap_size,
    jsMemoryRange: [statistics.used_heap_size, statistics.total_heap_size],
  });
  const code = require('v8').getHeapCodeStatistics();
  const result = { total: whole(), WebAssembly: { code: 0, metadata: code.cpu_profiler_metadata_size } };
  if (mode === 'detailed') {
    result.current = whole();
    // The engine says nothing of single contexts; those beside the main one are counted within it.
    const others = Math.max(0, statistics.number_of_native_contexts - 1);
    result.other = Array.from({ length: others }, () => ({ jsMemoryEstimate: 0, jsMemoryRange: [0, 0] }));
  }
  return new Promise((resolve) => setImmediate(resolve, result));
}

module.exports = {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants: Object.freeze({ __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER, DONT_CONTEXTIFY }),
};

if (hasModules()) {
  const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
  Object.assign(module.exports, { Module, SourceTextModule, SyntheticModule });
}

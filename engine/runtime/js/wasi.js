'use strict';

// WebAssembly programs with files, arguments and a clock: the module `wasi` (https://nodejs.org/api/wasi.html).

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUndefined } =
  require('internal/validators');
const { errno, numberOf } = require('internal/wasi/numbers');

process.emitWarning('WASI is an experimental feature and might change at any time', 'ExperimentalWarning');

const kExit = Symbol('kExitCode');
const kStarted = Symbol('kStarted');
const kInstance = Symbol('kInstance');
const kBindingName = Symbol('kBindingName');
const kProgram = Symbol('kProgram');

/** Names under which programs import the functions, by version. */
const BINDINGS = { __proto__: null, unstable: 'wasi_unstable', preview1: 'wasi_snapshot_preview1' };

function isMemory(value) {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Memory]';
}

class WASI {
  constructor(options = {}) {
    validateObject(options, 'options');
    validateString(options.version, 'options.version');
    const binding = BINDINGS[options.version];
    if (binding === undefined) throw new codes.ERR_INVALID_ARG_VALUE('options.version', options.version, 'unsupported WASI version');
    if (options.args !== undefined) validateArray(options.args, 'options.args');
    const args = (options.args ?? []).map(String);
    const env = [];
    if (options.env !== undefined) {
      validateObject(options.env, 'options.env');
      for (const [name, value] of Object.entries(options.env)) if (value !== undefined) env.push(`${name}=${value}`);
    }
    const preopens = {};
    if (options.preopens !== undefined) {
      validateObject(options.preopens, 'options.preopens');
      for (const [inside, outside] of Object.entries(options.preopens)) preopens[inside] = String(outside);
    }
    const { stderr = 2, stdin = 0, stdout = 1, returnOnExit = true } = options;
    validateInt32(stdin, 'options.stdin', 0);
    validateInt32(stdout, 'options.stdout', 0);
    validateInt32(stderr, 'options.stderr', 0);
    validateBoolean(returnOnExit, 'options.returnOnExit');

    const program = {
      args,
      env,
      files: open(preopens, [stdin, stdout, stderr]),
      memory: undefined,
      exit: (code) => {
        if (!returnOnExit) process.reallyExit(code);
        throw { [kExit]: code };
      },
    };
    this[kProgram] = program;
    this[kStarted] = false;
    this[kInstance] = undefined;
    this[kBindingName] = binding;
    for (const name of [kProgram, kStarted, kInstance, kBindingName]) Object.defineProperty(this, name, { __proto__: null, enumerable: false });
    this.wasiImport = imports(program);
  }

  finalizeBindings(instance, { memory = instance?.exports?.memory } = {}) {
    if (this[kStarted]) throw new codes.ERR_WASI_ALREADY_STARTED();
    validateObject(instance, 'instance');
    validateObject(instance.exports, 'instance.exports');
    if (!isMemory(memory)) {
      const error = new TypeError('"instance.exports.memory" property must be a WebAssembly.Memory object');
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    this[kProgram].memory = memory;
    this[kInstance] = instance;
    this[kStarted] = true;
  }

  start(instance) {
    this.finalizeBindings(instance);
    const { _initialize, _start } = instance.exports;
    validateFunction(_start, 'instance.exports._start');
    validateUndefined(_initialize, 'instance.exports._initialize');
    try {
      _start();
    } catch (error) {
      if (error === null || typeof error !== 'object' || !(kExit in error)) throw error;
      return error[kExit];
    }
    return 0;
  }

  initialize(instance) {
    this.finalizeBindings(instance);
    const { _initialize, _start } = instance.exports;
    validateUndefined(_start, 'instance.exports._start');
    if (_initialize !== undefined) {
      validateFunction(_initialize, 'instance.exports._initialize');
      _initialize();
    }
  }

  getImportObject() {
    return { [this[kBindingName]]: this.wasiImport };
  }
}

/** The descriptors that a program begins with. */
function open(preopens, stdio) {
  const { Files } = require('internal/wasi/files');
  try {
    return new Files({ preopens, stdio });
  } catch (error) {
    const code = `UVWASI_${error.code}`;
    throw Object.assign(new Error(`${code}, uvwasi_init`), { code, errno: numberOf(error), syscall: 'uvwasi_init' });
  }
}

/** The functions as a program calls them: with checked arguments, and a number for each failure. */
function imports(program) {
  const { PARAMETERS, makeCalls } = require('internal/wasi/calls');
  return Object.fromEntries(Object.entries(makeCalls(program)).map(([name, call]) => {
    const count = PARAMETERS[name] ?? call.length;
    const checked = { [name](...args) {
      if (program.memory === undefined) throw new codes.ERR_WASI_NOT_STARTED();
      if (args.length !== count || args.some((arg) => typeof arg !== 'number' && typeof arg !== 'bigint')) return errno.INVAL;
      try {
        call(...args);
        return errno.SUCCESS;
      } catch (error) {
        const number = numberOf(error);
        if (number === undefined) throw error;
        return number;
      }
    } }[name];
    Object.defineProperty(checked, 'length', { __proto__: null, value: count, configurable: true });
    Object.defineProperty(checked, 'name', { __proto__: null, value: `bound ${name}`, configurable: true });
    return [name, checked];
  }));
}

module.exports = { WASI };

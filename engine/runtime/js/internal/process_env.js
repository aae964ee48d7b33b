'use strict';

// `process.env` (https://nodejs.org/api/process.html#processenv): every value is a string, and setting or deleting
// one changes the environment of the process.

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

let warnedOfType = false;

/** Other values will not be made into texts for ever. */
function warnOfType(value) {
  if (warnedOfType || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return;
  if (!require('internal/options').tellsPendingDeprecations()) return;
  warnedOfType = true;
  process.emitWarning(
    'Assigning any value other than a string, number, or boolean to a process.env property is deprecated. Please make ' +
    'sure to convert the value to a string before setting process.env with it.', 'DeprecationWarning', 'DEP0104');
}

/** Names the system cannot hold are ignored. */
function isPossible(name) {
  return name !== '' && !name.includes('=') && !name.includes('\0');
}

/** This thread has an environment of its own. */
let keepsToItself = false;

function store(name, text) {
  if (keepsToItself) return;
  ops.env_set(name, text);
  if (name === 'TZ') ops.time_zone_changed();
}

/** Other threads change the environment, too: it is read anew whenever somebody looks. */
let isShared = false;

function share() {
  isShared = true;
  Object.assign(handler, sharedTraps);
}

function refresh(target) {
  if (!isShared) return;
  for (const name of Object.keys(target)) delete target[name];
  fill(target);
}

function fill(target) {
  const entries = ops.env_all();
  for (let i = 0; i < entries.length; i += 2) target[entries[i]] = entries[i + 1];
}

const traps = {
  set(target, name, value) {
    const text = toText(value);
    warnOfType(value);
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    if (!isPossible(name)) return true;
    // The system's strings end at the first NUL.
    const [kept] = text.split('\0', 1);
    store(name, kept);
    target[name] = kept;
    return true;
  },

  defineProperty(target, name, descriptor) {
    const { codes } = require('internal/errors');
    if ('get' in descriptor || 'set' in descriptor) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    if (!('value' in descriptor) || !(descriptor.configurable && descriptor.writable && descriptor.enumerable)) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    return traps.set(target, name, descriptor.value);
  },

  deleteProperty(target, name) {
    if (typeof name === 'string' && Object.hasOwn(target, name)) store(name, null);
    return delete target[name];
  },

  preventExtensions() {
    throw new TypeError('Cannot prevent extensions');
  },
};

/** The traps of the object that stands for the environment of the process. */
const handler = { ...traps };

const sharedTraps = {
  ...traps,

  get(target, name) {
    refresh(target);
    return target[name];
  },

  has(target, name) {
    refresh(target);
    return name in target;
  },

  deleteProperty(target, name) {
    refresh(target);
    return traps.deleteProperty(target, name);
  },

  ownKeys(target) {
    refresh(target);
    return Reflect.ownKeys(target);
  },

  getOwnPropertyDescriptor(target, name) {
    refresh(target);
    return Reflect.getOwnPropertyDescriptor(target, name);
  },
};

/** Traps that say which variables are used (`--trace-env`). */
function traced(inner) {
  const withStack = require('internal/options').isOn('--trace-env-js-stack');
  const tell = (what, name) => {
    if (typeof name !== 'string') return;
    const stack = withStack ? `${new Error().stack.split('\n').slice(3).join('\n')}\n` : '';
    ops.stdio_write(2, `[--trace-env] ${what} "${name}"\n${stack}`);
  };
  const trap = (method, what) => (target, name, ...rest) => {
    tell(what, name);
    return (inner[method] ?? Reflect[method])(target, name, ...rest);
  };
  return {
    get: trap('get', 'get'),
    has: trap('has', 'query'),
    set: (target, name, value) => {
      tell('set', name);
      return traps.set(target, name, value);
    },
    deleteProperty: trap('deleteProperty', 'delete'),
  };
}

/** The object, filled with the environment the process was started with. */
function create() {
  const values = {};
  fill(values);
  if (require('internal/options').isOn('--trace-env')) Object.assign(handler, traced({ ...handler }));
  return new Proxy(values, handler);
}

/** The environment of a worker of its own, which begins with these values. */
function own(values) {
  keepsToItself = true;
  const texts = {};
  for (const [name, value] of Object.entries(values)) texts[name] = toText(value);
  return new Proxy(texts, traps);
}

module.exports = { create, own, share };

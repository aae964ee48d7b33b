'use strict';

// `process.env` (https://nodejs.org/api/process.html#processenv): every value is a string, and setting or deleting
// one changes the environment of the process.

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(value);
}

const traps = {
  set(target, name, value) {
    const text = toText(value);
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    ops.env_set(name, text);
    target[name] = text;
    return true;
  },

  defineProperty(target, name, descriptor) {
    const { codes } = require('internal/errors');
    if ('get' in descriptor || 'set' in descriptor) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    if ('value' in descriptor && !(descriptor.configurable && descriptor.writable && descriptor.enumerable)) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    return traps.set(target, name, descriptor.value);
  },

  deleteProperty(target, name) {
    if (typeof name === 'string' && name in target) ops.env_set(name, null);
    return delete target[name];
  },
};

/** The object, filled with the environment the process was started with. */
function create() {
  const entries = ops.env_all();
  const values = {};
  for (let i = 0; i < entries.length; i += 2) values[entries[i]] = entries[i + 1];
  return new Proxy(values, traps);
}

module.exports = { create };

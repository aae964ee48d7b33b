'use strict';

// Built-in modules as globals, for program text and for what is typed.

const { builtinModules } = require('internal/modules/builtin');

/** Defines getters that load a module when it is first used. Of what is there, only `replaced` gives way. */
function defineModules(target, replaced) {
  for (const id of builtinModules) {
    if (id.includes('/') || id.startsWith('_') || (id in target && id !== replaced)) continue;
    const settle = (value) => {
      Object.defineProperty(target, id, { value, configurable: true, enumerable: true, writable: true });
    };
    Object.defineProperty(target, id, {
      configurable: true,
      enumerable: false,
      get() {
        const value = require(id);
        settle(value);
        return value;
      },
      set: settle,
    });
  }
}

module.exports = { defineModules };

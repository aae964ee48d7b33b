'use strict';

// `v8.promiseHooks` (https://nodejs.org/api/v8.html#promise-hooks).

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const kinds = ['init', 'before', 'after', 'settled'];
/** The functions for each kind, in the order in which they were given. */
const functions = { init: [], before: [], after: [], settled: [] };

/** Hooks cannot wait: functions that return promises would call hooks for these. */
function validatePlainFunction(fn, name) {
  if (typeof fn !== 'function' || require('util').types.isAsyncFunction(fn)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Function', fn);
  }
}

/** What a hook throws is nobody's to catch, and no reason not to call the others. */
function callHook(fn, args) {
  try {
    fn(...args);
  } catch (error) {
    ops.trigger_uncaught(error, false);
  }
}

function update() {
  const all = kinds.map((kind) => {
    const list = functions[kind];
    if (list.length === 0) return undefined;
    return (...args) => {
      for (const fn of [...list]) callHook(fn, args);
    };
  });
  require('internal/async_hooks').setScriptPromiseHooks(all);
}

function add(kind, fn) {
  functions[kind].push(fn);
  update();
  return () => {
    const index = functions[kind].indexOf(fn);
    if (index === -1) return;
    functions[kind].splice(index, 1);
    update();
  };
}

const starter = (kind, name) => ({
  [name](fn) {
    validatePlainFunction(fn, `${kind}Hook`);
    return add(kind, fn);
  },
})[name];

/** Several at once; returns what takes them off again. */
function createHook(hooks = {}) {
  validateObject(hooks, 'hooks');
  const stops = [];
  for (const kind of kinds) {
    const fn = hooks[kind];
    if (fn === undefined) continue;
    validatePlainFunction(fn, `${kind}Hook`);
    stops.push(add(kind, fn));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

module.exports = {
  createHook,
  onInit: starter('init', 'onInit'),
  onBefore: starter('before', 'onBefore'),
  onAfter: starter('after', 'onAfter'),
  onSettled: starter('settled', 'onSettled'),
};

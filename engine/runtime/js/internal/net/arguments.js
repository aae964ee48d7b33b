'use strict';

// The many forms in which `connect` and `listen` take their arguments: options, a path, or port, host and more.

const normalized = Symbol('normalizedArgs');

function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

function isPipeName(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

/** `[options, callback or null]`. */
function normalizeArgs(args) {
  let options = {};
  if (args.length === 0) {
    return mark([options, null]);
  }
  const [first] = args;
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  return mark([options, typeof last === 'function' ? last : null]);
}

function mark(list) {
  list[normalized] = true;
  return list;
}

const isNormalized = (args) => Array.isArray(args) && args[normalized] === true;

module.exports = { isNormalized, isPipeName, normalizeArgs, toNumber };

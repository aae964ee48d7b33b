'use strict';

// The class URLPattern (https://urlpattern.spec.whatwg.org/#urlpattern-class). Whoever imports `url` gets it, so that
// what it needs to compile patterns is loaded only then.

/** Pattern → its compiled components. */
const compiled = new WeakMap();

/** Names of the components, as properties of a pattern. */
const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

/** In the order in which Node shows them. */
const MEMBERS = ['baseURL', 'hash', 'hostname', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

/** The members of a dictionary that are texts. */
function toInit(input) {
  const init = {};
  for (const name of MEMBERS) {
    const value = input[name];
    if (typeof value === 'string') init[name] = value;
  }
  return init;
}

function URLPattern(...args) {
  if (new.target === undefined) {
    throw worded('ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  }
  const [input] = args;
  if (input !== undefined && input !== null && typeof input !== 'string' && typeof input !== 'object') {
    throw argumentError('Input must be an object or a string');
  }
  const hasBase = typeof args[1] === 'string';
  const baseURL = hasBase ? args[1] : undefined;
  const options = hasBase || args.length > 2 ? args[2] : args[1];
  if (options !== undefined && typeof options !== 'object') {
    throw argumentError(args.length > 2 ? 'options must be an object' : 'second argument must be a string or object');
  }
  // What getters throw is for the script.
  const parts = typeof input === 'string' ? undefined : toInit(input ?? {});
  const ignoreCase = Boolean(options?.ignoreCase);
  let components;
  try {
    let init = parts;
    if (typeof input === 'string') {
      init = require('internal/url_pattern/init').parseConstructorString(input);
      if (baseURL !== undefined) init.baseURL = baseURL;
      else if (init.protocol === undefined) throw new TypeError('a relative pattern needs a base URL');
    } else {
      if (baseURL !== undefined) throw new TypeError('only texts have a base URL');
    }
    components = require('internal/url_pattern/compile').compile(init, ignoreCase);
  } catch {
    throw worded('ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
  }
  compiled.set(this, components);
}

/** What Node's native class throws: an error whose stack does not begin with its code. */
function worded(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

const argumentError = (message) => worded('ERR_INVALID_ARG_TYPE', message);

function componentsOf(pattern) {
  const components = compiled.get(pattern);
  if (components === undefined) throw new TypeError('Illegal invocation');
  return components;
}

/** The components of what is compared with a pattern, or null when that is no URL. */
function valuesOf(input, baseURL) {
  if (typeof input !== 'string') {
    try {
      const { processInit } = require('internal/url_pattern/init');
      return processInit(input, false, Object.fromEntries(COMPONENTS.map((name) => [name, ''])));
    } catch {
      return null;
    }
  }
  const { URL } = require('internal/url');
  const url = URL.parse(input, baseURL);
  if (url === null) return null;
  const { protocol, username, password, hostname, port, pathname, search, hash } = url;
  return {
    protocol: protocol.slice(0, -1),
    username,
    password,
    hostname,
    port,
    pathname,
    search: search.slice(1),
    hash: hash.slice(1),
  };
}

function match(pattern, args, action) {
  const components = componentsOf(pattern);
  const [given, baseURL] = args;
  if (given !== undefined && typeof given !== 'string' && typeof given !== 'object') {
    throw argumentError('URLPattern input needs to be a string or an object');
  }
  const input = typeof given === 'string' ? given : toInit(given ?? {});
  if (baseURL !== undefined) {
    if (typeof baseURL !== 'string') throw argumentError('baseURL must be a string');
    if (typeof input !== 'string') throw worded('ERR_OPERATION_FAILED', `Failed to ${action} URLPattern`);
  }
  const values = valuesOf(input, baseURL);
  if (values === null) return null;
  const found = {};
  for (const name of COMPONENTS) {
    const result = components[name].regexp.exec(values[name]);
    if (result === null) return null;
    found[name] = { values, result };
  }
  return { components, found, values, inputs: baseURL === undefined ? [input] : [input, baseURL] };
}

/** In Node's order. */
const RESULT_ORDER = ['hash', 'hostname', 'inputs', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

function groupsOf({ names }, result) {
  const groups = {};
  names.forEach((name, index) => {
    groups[name] = result[index + 1];
  });
  return groups;
}

function exec(...args) {
  const matched = match(this, args, 'exec');
  if (matched === null) return null;
  const { components, found, values, inputs } = matched;
  const result = { __proto__: null };
  for (const name of RESULT_ORDER) {
    result[name] = name === 'inputs' ? inputs :
      { groups: groupsOf(components[name], found[name].result), input: values[name] };
  }
  return result;
}

function test(...args) {
  return match(this, args, 'test') !== null;
}

for (const name of COMPONENTS) {
  Object.defineProperty(URLPattern.prototype, name, {
    __proto__: null,
    enumerable: true,
    get() {
      return componentsOf(this)[name].pattern;
    },
  });
}
Object.defineProperty(URLPattern.prototype, 'hasRegExpGroups', {
  __proto__: null,
  enumerable: true,
  get() {
    return Object.values(componentsOf(this)).some((component) => component.hasRegExpGroups);
  },
});
Object.defineProperties(URLPattern.prototype, {
  exec: { __proto__: null, value: exec, configurable: true, enumerable: true, writable: true },
  test: { __proto__: null, value: test, configurable: true, enumerable: true, writable: true },
  [Symbol.toStringTag]: { __proto__: null, value: 'URLPattern', configurable: true },
});

module.exports = { URLPattern };

'use strict';

// Web Locks within this process (https://w3c.github.io/web-locks/, https://nodejs.org/api/globals.html#navigatorlocks).

const { observed, publish } = require('internal/diagnostics/observed');
const { codes } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');

const kMake = Symbol('kMake');
const kName = Symbol('kName');
const kMode = Symbol('kMode');
const exception = (message, name) => new (require('internal/dom_exception').DOMException)(message, name);
const clientId = () => `node-${process.pid}-${require('worker_threads').threadId}`;

/** Tells who listens what becomes of a request. */
function tell(event, { name, mode }, rest) {
  if (observed.module !== null) publish(`locks.request.${event}`, { name, mode, ...rest });
}

/** Tells of the end of a request, as `promise` comes to it. */
async function untilEnd(request, { ifAvailable, steal }, promise) {
  if (observed.module === null) return promise;
  let error;
  try {
    return await promise;
  } catch (failed) {
    error = failed;
    throw failed;
  } finally {
    tell('end', request, { ifAvailable, steal, error });
  }
}

/** Requests that hold a lock, and those that wait, in their order. */
let held = [];
let pending = [];

class Lock {
  constructor(kind = undefined, name = undefined, mode = undefined) {
    if (kind !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }

  get name() {
    return this[kName];
  }

  get mode() {
    return this[kMode];
  }
}

const isFree = (request, before) => [...held, ...before].every((other) => other.name !== request.name ||
  (request.mode === 'shared' && other.mode === 'shared'));

/** Grants what can be granted now. */
function advance() {
  const waiting = [];
  for (const request of pending) {
    if (isFree(request, waiting)) grant(request);
    else waiting.push(request);
  }
  pending = waiting;
}

function release(request) {
  if (!held.includes(request)) return;
  held = held.filter((other) => other !== request);
  advance();
}

function grant(request) {
  held.push(request);
  request.stopListening?.();
  const lock = new Lock(kMake, request.name, request.mode);
  queueMicrotask(async () => {
    tell('grant', request);
    try {
      const value = await request.callback(lock);
      release(request);
      request.resolve(value);
    } catch (error) {
      release(request);
      request.reject(error);
    }
  });
}

class LockManager {
  constructor(kind = undefined) {
    if (kind !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  async request(name, options, callback = undefined) {
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    const key = `${name}`;
    validateFunction(callback, 'callback');
    const { mode = 'exclusive', ifAvailable = false, steal = false, signal = undefined } = options ?? {};
    if (key.startsWith('-')) throw exception('Lock name may not start with hyphen', 'NotSupportedError');
    if (mode !== 'exclusive' && mode !== 'shared') {
      const error = new TypeError(`mode '${mode}' is not a valid enum value of type LockMode.`);
      error.code = 'ERR_INVALID_ARG_VALUE';
      throw error;
    }
    if (ifAvailable && steal) throw exception('ifAvailable and steal are mutually exclusive', 'NotSupportedError');
    if (steal && mode !== 'exclusive') throw exception(`mode: "${mode}" and steal are mutually exclusive`, 'NotSupportedError');
    if (signal !== undefined) {
      validateAbortSignal(signal, 'options.signal');
      if (steal || ifAvailable) throw exception('signal cannot be used with steal or ifAvailable', 'NotSupportedError');
      signal.throwIfAborted();
    }
    const request = { name: key, mode, callback, ...Promise.withResolvers() };
    tell('start', request);
    if (steal) {
      for (const other of held.filter((one) => one.name === key)) {
        other.reject(exception('The operation was aborted', 'AbortError'));
      }
      held = held.filter((one) => one.name !== key);
      grant(request);
    } else if (ifAvailable && !isFree(request, pending)) {
      await undefined;
      tell('miss', request);
      return untilEnd(request, { ifAvailable, steal }, (async () => callback(null))());
    } else {
      listen(request, signal);
      pending.push(request);
      advance();
    }
    return untilEnd(request, { ifAvailable, steal }, request.promise);
  }

  async query() {
    const shown = ({ name, mode }) => ({ name, mode, clientId: clientId() });
    return { held: held.map(shown), pending: pending.map(shown) };
  }
}

function listen(request, signal) {
  if (signal === undefined) return;
  const abort = () => {
    pending = pending.filter((other) => other !== request);
    request.reject(signal.reason);
    advance();
  };
  signal.addEventListener('abort', abort, { once: true });
  request.stopListening = () => signal.removeEventListener('abort', abort);
}

for (const [Class, names] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
}

module.exports = { Lock, LockManager, locks: new LockManager(kMake) };

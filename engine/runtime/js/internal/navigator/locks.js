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

/** This thread's requests that hold a lock or wait for one, by the numbers that the engine gave them. */
const requests = new Map();
let listens = false;

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

const WAIT = 0;
const IF_AVAILABLE = 1;
const STEAL = 2;

/** Takes what became of requests: here, or because another thread gave a lock back or took one. */
function take() {
  for (const news of ops.locks_news()) {
    const request = requests.get(Math.abs(news));
    if (request === undefined) continue;
    if (news > 0) {
      grant(request);
    } else {
      requests.delete(request.id);
      request.reject(exception('The operation was aborted', 'AbortError'));
    }
  }
}

/** Asks for the lock; returns whether there is something to wait for. */
function ask(request, demand) {
  if (!listens) {
    listens = true;
    ops.locks_listen(take);
  }
  request.id = ops.locks_request(request.name, request.mode === 'shared', demand, clientId());
  if (request.id === 0) return false;
  requests.set(request.id, request);
  take();
  return true;
}

function release(request) {
  // Another thread may have taken the lock meanwhile: then the request has failed.
  take();
  if (!requests.delete(request.id)) return;
  ops.locks_release(request.id);
  take();
}

function grant(request) {
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
      ask(request, STEAL);
    } else if (ifAvailable) {
      if (!ask(request, IF_AVAILABLE)) {
        await undefined;
        tell('miss', request);
        return untilEnd(request, { ifAvailable, steal }, (async () => callback(null))());
      }
    } else {
      listen(request, signal);
      ask(request, WAIT);
    }
    return untilEnd(request, { ifAvailable, steal }, request.promise);
  }

  async query() {
    const shown = (list) => Array.from({ length: list.length / 3 }, (_, index) => {
      const [name, isShared, client] = list.slice(3 * index);
      return { name, mode: isShared ? 'shared' : 'exclusive', clientId: client };
    });
    const [held, pending] = ops.locks_query();
    return { held: shown(held), pending: shown(pending) };
  }
}

function listen(request, signal) {
  if (signal === undefined) return;
  const abort = () => {
    request.reject(signal.reason);
    release(request);
  };
  signal.addEventListener('abort', abort, { once: true });
  request.stopListening = () => signal.removeEventListener('abort', abort);
}

for (const [Class, names] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
}

module.exports = { Lock, LockManager, locks: new LockManager(kMake) };

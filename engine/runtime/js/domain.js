'use strict';

// Domains: errors of several callbacks handled in one place (https://nodejs.org/api/domain.html). Which domains are
// entered is part of the asynchronous context: a callback runs in the domain in which it was made, and in that one only.

const EventEmitter = require('events');
const { AsyncLocalStorage } = require('internal/async_local_storage');
const { running } = require('internal/async_ids');
const { codes } = require('internal/errors');

const { apply } = Reflect;

/** Holds `{ stack, active, callback }`: `callback` is the number of the callback that entered the domains. */
const storage = new AsyncLocalStorage();

/** What `process.domain` is where no domain is: null at first and after an error, undefined once one was left. */
let outside = null;

const MAIN_SCRIPT = 1;

/** Whether it was entered by the callback that runs; after the main script that is nobody's. */
function isOwn({ callback }) {
  return callback === running.execution || (callback === MAIN_SCRIPT && running.execution === 0);
}

/** The domains that were entered and not left, the last one at the end. Not to be changed. */
function stackNow() {
  const entered = storage.getStore();
  if (entered === undefined) return [];
  if (isOwn(entered)) return entered.stack;
  // This callback was made in the domain, but did not enter it itself.
  return entered.active ? [entered.active] : [];
}

function activeNow() {
  const entered = storage.getStore();
  if (entered === undefined) return outside;
  if (isOwn(entered)) return entered.active;
  return entered.active || outside;
}

function setStack(stack, active) {
  storage.enterWith({ stack, active, callback: running.execution });
}

/** An error ends everything that was going on. */
function leaveAll() {
  outside = null;
  storage.enterWith(undefined);
}

function hide(object, value) {
  Object.defineProperty(object, 'domain', { __proto__: null, configurable: true, enumerable: false, value, writable: true });
}

function isObject(value) {
  return (value !== null && typeof value === 'object') || typeof value === 'function';
}

class Domain extends EventEmitter {
  constructor() {
    super();
    Object.defineProperty(this, 'members', { __proto__: null, configurable: true, enumerable: true, value: [], writable: true });
  }
}

Object.assign(Domain.prototype, {
  members: undefined,

  /** Gives the domain an error that nobody caught while it was active. */
  _errorHandler: function(error) {
    if (isObject(error)) {
      hide(error, this);
      error.domainThrown = true;
    }
    // Its handler runs outside of it.
    while (activeNow() === this) this.exit();
    const stack = stackNow();
    if (stack.length === 0) {
      if (this.listenerCount('error') === 0) return false;
      const caught = this.emit('error', error);
      leaveAll();
      return caught;
    }
    let caught;
    try {
      caught = this.emit('error', error);
    } catch (failed) {
      // Its handler failed, or there is none: the next one's turn.
      const next = stack.at(-1);
      setStack(stack, next);
      caught = next._errorHandler(failed);
    }
    leaveAll();
    return caught;
  },

  enter: function() {
    setStack([...stackNow(), this], this);
  },

  exit: function() {
    const stack = stackNow();
    const index = stack.lastIndexOf(this);
    if (index === -1) return;
    // Domains that were entered since are left, too.
    const rest = stack.slice(0, index);
    if (rest.length === 0) outside = undefined;
    setStack(rest, rest.at(-1));
  },

  /** The domain hears of the emitter's errors, and its listeners run in the domain. */
  add: function(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // Domains in each other would have nobody outside.
    if (this.domain && emitter instanceof Domain) {
      for (let outer = this.domain; outer; outer = outer.domain) {
        if (emitter === outer) return;
      }
    }
    hide(emitter, this);
    this.members.push(emitter);
  },

  remove: function(emitter) {
    emitter.domain = null;
    const index = this.members.indexOf(emitter);
    if (index !== -1) this.members.splice(index, 1);
  },

  run: function(fn, ...args) {
    this.enter();
    const result = apply(fn, this, args);
    this.exit();
    return result;
  },

  /** A callback whose first argument, if it is an error, is the domain's business. */
  intercept: function(callback) {
    const domain = this;
    return function(...args) {
      const [error] = args;
      if (error && error instanceof Error) {
        error.domainBound = callback;
        error.domainThrown = false;
        hide(error, domain);
        domain.emit('error', error);
        return undefined;
      }
      return inDomain(domain, this, callback, args.slice(1));
    };
  },

  bind: function(callback) {
    const domain = this;
    function runBound(...args) {
      return inDomain(domain, this, callback, args);
    }
    Object.defineProperty(runBound, 'domain', { __proto__: null, configurable: true, enumerable: true, value: domain, writable: true });
    return runBound;
  },
});

function inDomain(domain, self, callback, args) {
  domain.enter();
  const result = apply(callback, self, args);
  domain.exit();
  return result;
}

// ---- emitters ----

const { init } = EventEmitter;
const { emit } = EventEmitter.prototype;

EventEmitter.usingDomains = true;

EventEmitter.init = function(options) {
  hide(this, null);
  const active = activeNow();
  if (active && !(this instanceof Domain)) this.domain = active;
  return apply(init, this, [options]);
};

EventEmitter.prototype.emit = function emitInDomain(...args) {
  const { domain } = this;
  const [type, value] = args;
  if (domain === null || domain === undefined || this === process ||
    (type === 'error' && this.listenerCount('error') > 0)) {
    return apply(emit, this, args);
  }
  if (type !== 'error') {
    domain.enter();
    const result = apply(emit, this, args);
    domain.exit();
    return result;
  }
  const error = args.length > 1 && value ? value : new codes.ERR_UNHANDLED_ERROR(value);
  if (typeof error === 'object') {
    error.domainEmitter = this;
    hide(error, domain);
    error.domainThrown = false;
  }
  // Its handler runs in the domain around it.
  const [stack, active] = [stackNow(), activeNow()];
  let length = stack.length;
  while (length > 0 && stack[length - 1] === domain) length--;
  const around = active === domain ? stack.slice(0, length) : stack;
  setStack(around, active === domain ? around.at(-1) ?? null : active);
  domain.emit('error', error);
  setStack(stack, active);
  return false;
};

// ---- errors that nobody caught ----

require('internal/uncaught').setDomainHandler((error) => {
  const stack = stackNow();
  if (stack.every((domain) => domain.listenerCount('error') === 0)) {
    leaveAll();
    return false;
  }
  return stack.at(-1)._errorHandler(error);
});

Object.defineProperty(process, 'domain', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: activeNow,
  set(domain) {
    setStack(stackNow(), domain);
  },
});

function createDomain() {
  return new Domain();
}

module.exports = {
  get _stack() {
    return [...stackNow()];
  },
  Domain,
  createDomain,
  create: createDomain,
  get active() {
    return activeNow();
  },
};

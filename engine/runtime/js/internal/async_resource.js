'use strict';

// AsyncResource (https://nodejs.org/api/async_context.html#class-asyncresource): a resource of the script's own, in whose
// context it runs callbacks.

const { AsyncContextFrame } = require('internal/async_frame');
const { newAsyncId, running } = require('internal/async_ids');
const { codes } = require('internal/errors');
const { ASYNC_CONTEXT, ASYNC_STACKS } = require('internal/flags');
const { validateFunction, validateString } = require('internal/validators');

const { flags } = ops;
const contextFrame = Symbol('context_frame');
const asyncIdSymbol = Symbol('async_id_symbol');
const triggerIdSymbol = Symbol('trigger_async_id_symbol');

/** Resources that nobody can reach any more have ended, for hooks that asked. */
let forgotten;

class AsyncResource {
  /** Its number in the debugger that shows where it was made; 0 without one. */
  #origin = 0;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerId = options;
    let isManual = false;
    if (typeof options !== 'number') {
      triggerId = options.triggerAsyncId === undefined ? running.execution : options.triggerAsyncId;
      isManual = Boolean(options.requireManualDestroy);
    }
    if (!Number.isSafeInteger(triggerId) || triggerId < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerId);
    }
    this[contextFrame] = flags[ASYNC_CONTEXT] === 0 ? undefined : AsyncContextFrame.current();
    this[asyncIdSymbol] = newAsyncId();
    this[triggerIdSymbol] = triggerId;
    if (flags[ASYNC_STACKS] !== 0) this.#origin = ops.inspect_resource(type);
    if (running.hooks !== null) {
      if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
      running.hooks.init(this[asyncIdSymbol], type, triggerId, this);
      if (!isManual) this.#endWhenForgotten();
    }
  }

  #endWhenForgotten() {
    forgotten ??= new FinalizationRegistry((id) => running.hooks?.destroy(id));
    forgotten.register(this, this[asyncIdSymbol], this);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const { execution, trigger, resource } = running;
    const id = this[asyncIdSymbol];
    const hasContext = flags[ASYNC_CONTEXT] !== 0;
    const context = hasContext ? AsyncContextFrame.current() : undefined;
    running.execution = id;
    running.trigger = this[triggerIdSymbol];
    running.resource = this;
    if (hasContext) AsyncContextFrame.set(this[contextFrame]);
    running.hooks?.before(id);
    const origin = #origin in this ? this.#origin : 0;
    if (origin !== 0) ops.inspect_resource_entered(origin);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      if (origin !== 0) ops.inspect_resource_left(origin);
      running.hooks?.after(id);
      running.execution = execution;
      running.trigger = trigger;
      running.resource = resource;
      if (flags[ASYNC_CONTEXT] !== 0) AsyncContextFrame.set(context);
    }
  }

  emitDestroy() {
    forgotten?.unregister(this);
    running.hooks?.destroy(this[asyncIdSymbol]);
    return this;
  }

  asyncId() {
    return this[asyncIdSymbol];
  }

  triggerAsyncId() {
    return this[triggerIdSymbol];
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) {
        return resource.runInAsyncScope(fn, this, ...args);
      } :
      (...args) => resource.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
      name: { __proto__: null, configurable: true, enumerable: false, value: 'bound', writable: false },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

module.exports = { AsyncResource };

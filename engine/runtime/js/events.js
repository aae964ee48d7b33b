'use strict';

// The module `events`: EventEmitter and its companions (https://nodejs.org/api/events.html).

const { codes } = require('internal/errors');
const { LISTENERS } = require('internal/flags');
const { validateAbortSignal, validateBoolean, validateFunction, validateNumber, validateObject } =
  require('internal/validators');
const { attachEmitStack } = require('internal/enhance_stack');

const { apply } = Reflect;
const { getPrototypeOf } = Object;
const { flags } = ops;
const nextTick = (...args) => process.nextTick(...args);

const kCapture = Symbol('kCapture');
const kShapeMode = Symbol('shapeMode');
const kEmitting = Symbol('events.emitting');
const kRejection = Symbol.for('nodejs.rejection');
const kErrorMonitor = Symbol('events.errorMonitor');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');

let defaultMaxListeners = 10;

/** An object that calls listeners when something happens. A function, because old code calls it without `new`. */
function EventEmitter(opts) {
  EventEmitter.init.call(this, opts);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true });

function checkListener(listener) {
  validateFunction(listener, 'listener');
}

function resetEvents(emitter) {
  emitter._events = { __proto__: null };
  emitter._eventsCount = 0;
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListenersOf(emitter) {
  return emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

// ---- emit ----

/** A listener of an emitter with `captureRejections` returned something: a rejection becomes an 'error' event. */
function watchResult(emitter, result, type, args) {
  try {
    const { then } = result;
    if (typeof then !== 'function') return;
    apply(then, result, [undefined, (error) => {
      // Out of the promise, so that what the handler throws is an uncaught exception.
      nextTick(emitRejection, emitter, error, type, args);
    }]);
  } catch (error) {
    emitter.emit('error', error);
  }
}

function emitRejection(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](error, type, ...args);
    return;
  }
  // A rejection of the 'error' listener itself must not come back here.
  const captured = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = captured;
  }
}

/** What is thrown for an 'error' event that nobody listens to. */
function unhandledError(emitter, value, emit) {
  if (value instanceof Error) {
    attachEmitStack(value, emitter, emit);
    return value;
  }
  let text;
  try {
    text = require('util').inspect(value);
  } catch {
    text = value;
  }
  const error = new codes.ERR_UNHANDLED_ERROR(text);
  error.context = value;
  return error;
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
    if (events === undefined || events.error === undefined) throw unhandledError(this, args[0], emit);
  } else if (events === undefined) {
    return false;
  }

  const handler = events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = apply(handler, this, args);
    if (result !== undefined && result !== null && this[kCapture]) watchResult(this, result, type, args);
    return true;
  }
  // Listeners that are added or removed while this runs go to a copy (see `writable`).
  handler[kEmitting] += 1;
  try {
    for (let i = 0; i < handler.length; i++) {
      const result = apply(handler[i], this, args);
      if (result !== undefined && result !== null && this[kCapture]) watchResult(this, result, type, args);
    }
  } finally {
    handler[kEmitting] -= 1;
  }
  return true;
};

// ---- adding ----

function listOf(...listeners) {
  listeners[kEmitting] = 0;
  return listeners;
}

/** The array of `type`'s listeners, replaced by a copy if an `emit` is going through it. */
function writable(events, type, list) {
  if (list[kEmitting] === 0) return list;
  const copy = listOf(...list);
  if (list.warned) copy.warned = true;
  events[type] = copy;
  return copy;
}

function warnExceeded(emitter, type, list, max) {
  list.warned = true;
  const { inspect } = require('util');
  const warning = new Error('Possible EventEmitter memory leak detected. ' +
    `${list.length} ${String(type)} listeners added to ${inspect(emitter, { depth: -1 })}. ` +
    `MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = list.length;
  process.emitWarning(warning);
}

function addListenerTo(emitter, type, listener, prepend) {
  checkListener(listener);
  if (flags[LISTENERS] !== 0) ops.inspect_listener(listener.listener ?? listener);
  let events = emitter._events;
  if (events === undefined) {
    resetEvents(emitter);
    events = emitter._events;
  } else if (events.newListener !== undefined) {
    // Before the listener is added, so that a listener of 'newListener' does not meet itself.
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? listOf(listener, existing) : listOf(existing, listener);
  } else {
    list = writable(events, type, existing);
    if (prepend) list.unshift(listener);
    else list.push(listener);
  }
  const max = maxListenersOf(emitter);
  if (max > 0 && list.length > max && !list.warned) warnExceeded(emitter, type, list, max);
  return emitter;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return addListenerTo(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return addListenerTo(this, type, listener, true);
};

/** A listener that removes itself before it calls `listener` for the only time. */
function wrapOnce(emitter, type, listener) {
  checkListener(listener);
  let fired = false;
  function wrapper(...args) {
    if (fired) return undefined;
    emitter.removeListener(type, wrapper);
    fired = true;
    return apply(listener, emitter, args);
  }
  wrapper.listener = listener;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  this.on(type, wrapOnce(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

// ---- removing ----

function dropType(emitter, type) {
  emitter._eventsCount -= 1;
  if (emitter[kShapeMode]) emitter._events[type] = undefined;
  else if (emitter._eventsCount === 0) emitter._events = { __proto__: null };
  else delete emitter._events[type];
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  const existing = events?.[type];
  if (existing === undefined) return this;

  if (existing === listener || existing.listener === listener) {
    dropType(this, type);
    if (events.removeListener !== undefined) this.emit('removeListener', type, existing.listener || listener);
    return this;
  }
  if (typeof existing === 'function') return this;

  let position = -1;
  for (let i = existing.length - 1; i >= 0; i--) {
    if (existing[i] === listener || existing[i].listener === listener) {
      position = i;
      break;
    }
  }
  if (position < 0) return this;
  const list = writable(events, type, existing);
  if (position === 0) list.shift();
  else list.splice(position, 1);
  if (list.length === 1) events[type] = list[0];
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  return this;
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      resetEvents(this);
      this[kShapeMode] = false;
    } else if (events[type] !== undefined) {
      dropType(this, type);
    }
    return this;
  }

  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    resetEvents(this);
    this[kShapeMode] = false;
    return this;
  }

  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    // Last in, first out. Removing may replace the list.
    for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i]);
  }
  return this;
};

// ---- looking ----

EventEmitter.prototype.listeners = function listeners(type) {
  const existing = this._events?.[type];
  if (existing === undefined) return [];
  if (typeof existing === 'function') return [existing.listener || existing];
  return Array.from(existing, (listener) => listener.listener || listener);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  const existing = this._events?.[type];
  if (existing === undefined) return [];
  return typeof existing === 'function' ? [existing] : Array.from(existing);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const existing = this._events?.[type];
  if (existing === undefined) return 0;
  const isWanted = (found) => listener === undefined || listener === null ||
    found === listener || found.listener === listener;
  if (typeof existing === 'function') return isWanted(existing) ? 1 : 0;
  if (listener === undefined || listener === null) return existing.length;
  let count = 0;
  for (const found of existing) {
    if (isWanted(found)) count += 1;
  }
  return count;
};

EventEmitter.prototype.eventNames = function eventNames() {
  if (!(this._eventsCount > 0)) return [];
  return Reflect.ownKeys(this._events).filter((type) => this._events[type] !== undefined);
};

// ---- functions of the module ----

const isEventTarget = (value) => require('internal/event_target').isEventTarget(value);

/** The listeners of an emitter or of an EventTarget. */
function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (isEventTarget(emitterOrTarget)) return require('internal/event_target').listenersOf(emitterOrTarget, type);
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

/** How many listeners of one event an emitter or EventTarget takes without a warning. */
function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return maxListenersOf(emitterOrTarget);
  if (isEventTarget(emitterOrTarget)) return emitterOrTarget[kMaxEventTargetListeners];
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

/** The number of listeners of one event. */
function listenerCount(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listenerCount === 'function') return emitterOrTarget.listenerCount(type);
  if (emitterOrTarget instanceof EventEmitter) return Reflect.apply(EventEmitter.prototype.listenerCount, emitterOrTarget, [type]);
  if (isEventTarget(emitterOrTarget)) {
    return require('internal/event_target').listenersOf(emitterOrTarget, type).length;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

/** A promise of the arguments of the next `name` event; rejected by an 'error' event or the signal. */
async function once(emitter, name, options = {}) {
  const { AbortError } = require('internal/errors');
  const { addAnyListener, removeAnyListener } = require('internal/events/any_listener');
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  return new Promise((resolve, reject) => {
    const watchesErrors = name !== 'error' && typeof emitter.once === 'function';
    const settle = (finish, value) => {
      removeAnyListener(emitter, name, onEvent);
      if (watchesErrors) emitter.removeListener('error', onError);
      if (signal) removeAnyListener(signal, 'abort', onAbort);
      finish(value);
    };
    const onEvent = (...args) => settle(resolve, args);
    const onError = (error) => settle(reject, error);
    const onAbort = () => settle(reject, new AbortError(undefined, { cause: signal.reason }));

    addAnyListener(emitter, name, onEvent, { __proto__: null, once: true });
    if (watchesErrors) emitter.once('error', onError);
    if (signal) {
      const { kResistStopPropagation } = require('internal/event_target');
      addAnyListener(signal, 'abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });
    }
  });
}

function on(emitter, event, options = {}) {
  return require('internal/events/async_iterator').on(emitter, event, options);
}

function addAbortListener(signal, listener) {
  return require('internal/events/abort_listener').addAbortListener(signal, listener);
}

Object.assign(EventEmitter, {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol: kRejection,
});

Object.defineProperties(EventEmitter, {
  captureRejections: {
    enumerable: true,
    get: () => EventEmitter.prototype[kCapture],
    set(value) {
      validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
  },
  EventEmitterAsyncResource: {
    configurable: true,
    enumerable: true,
    get: () => require('internal/events/emitter_resource').EventEmitterAsyncResource,
    set: undefined,
  },
  errorMonitor: { value: kErrorMonitor, configurable: true, enumerable: true, writable: true },
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(value) {
      validateNumber(value, 'defaultMaxListeners', 0);
      defaultMaxListeners = value;
    },
  },
  kMaxEventTargetListeners: { value: kMaxEventTargetListeners },
  kMaxEventTargetListenersWarned: { value: kMaxEventTargetListenersWarned },
});

EventEmitter.setMaxListeners = function(n = defaultMaxListeners, ...eventTargets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of eventTargets) {
    if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

/** What the constructor does; subclasses of old call it themselves. */
EventEmitter.init = function(opts) {
  if (this._events === undefined || this._events === getPrototypeOf(this)._events) {
    resetEvents(this);
    this[kShapeMode] = false;
  } else {
    // The constructor of a subclass has laid out its events already; their keys stay.
    this[kShapeMode] = true;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (opts?.captureRejections) {
    validateBoolean(opts.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(opts.captureRejections);
  } else {
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

module.exports = EventEmitter;

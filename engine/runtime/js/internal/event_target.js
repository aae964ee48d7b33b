'use strict';

// EventTarget (https://dom.spec.whatwg.org/#interface-eventtarget,
// https://nodejs.org/api/events.html#nodejs-eventtarget-vs-dom-eventtarget).

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { LISTENERS } = require('internal/flags');
const { validateAbortSignal, validateObject } = require('internal/validators');
const {
  CustomEvent, Event, inspectDeeper, kInPassiveListener, kIsBeingDispatched, kStop, kTarget, kTrustEvent, kType,
} = require('internal/event');

const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = EventEmitter;
const kIsEventTarget = Symbol.for('nodejs.event_target');
const kEvents = Symbol('kEvents');
const kHandlers = Symbol('kHandlers');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kCreateEvent = Symbol('kCreateEvent');
const kIsNodeStyleListener = Symbol('kIsNodeStyleListener');
const kResistStopPropagation = Symbol('kResistStopPropagation');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const { apply } = Reflect;

function isEventTarget(value) {
  return Boolean(value?.constructor?.[kIsEventTarget]);
}

function check(target) {
  if (!isEventTarget(target)) throw new codes.ERR_INVALID_THIS('EventTarget');
}

/** One listener, in a list that may change while an event goes along it. */
class Listener {
  constructor(previous, callback, flags) {
    this.next = undefined;
    this.previous = previous;
    this.callback = callback;
    this.capture = flags.capture;
    this.once = flags.once;
    this.passive = flags.passive;
    this.isNodeStyle = flags.isNodeStyle;
    this.resists = flags.resists;
    this.removed = false;
    previous.next = this;
  }

  matches(callback, capture) {
    return this.callback === callback && this.capture === capture;
  }

  remove() {
    this.previous.next = this.next;
    if (this.next !== undefined) this.next.previous = this.previous;
    this.removed = true;
  }
}

/** The head of a list. */
const emptyList = () => ({ size: 0, next: undefined, resists: 0 });

function toFlags(options) {
  if (typeof options === 'boolean') options = { capture: options };
  else if (options === null || options === undefined) options = {};
  else validateObject(options, 'options', { allowArray: true, allowFunction: true });
  return {
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    passive: Boolean(options.passive),
    isNodeStyle: Boolean(options[kIsNodeStyleListener]),
    resists: options[kResistStopPropagation] === true,
    signal: options.signal,
  };
}

/** Whether a listener is one: null and undefined are accepted and do nothing. */
function isListener(listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener === null || listener === undefined) return false;
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

/** An exception of a listener does not reach the one who dispatched. */
function throwLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

function watchResult(result) {
  const { then } = result;
  if (typeof then === 'function') apply(then, result, [undefined, throwLater]);
}

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() {
    initEventTarget(this);
  }

  /** Called after a listener was added. */
  [kNewListener](size, type) {
    if (this[kMaxEventTargetListeners] > 0 && size > this[kMaxEventTargetListeners] &&
        !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      const { inspect } = require('util');
      const warning = new Error(`Possible EventTarget memory leak detected. ${size} ${type} listeners added to ` +
        `${inspect(this, { depth: -1 })}. MaxListeners is ${this[kMaxEventTargetListeners]}. ` +
        'Use events.setMaxListeners() to increase limit');
      warning.name = 'MaxListenersExceededWarning';
      warning.target = this;
      warning.type = type;
      warning.count = size;
      process.emitWarning(warning);
    }
  }

  /** Called after a listener was removed. */
  [kRemoveListener]() {}

  addEventListener(type, listener, options = undefined) {
    check(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const flags = toFlags(options);
    const { signal } = flags;
    if (signal !== undefined) {
      if (signal === null) throw new codes.ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
      validateAbortSignal(signal, 'options.signal');
    }
    if (!isListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    type = `${type}`;
    if (ops.flags[LISTENERS] !== 0 && typeof listener === 'function') ops.inspect_listener(listener);
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options),
        { __proto__: null, once: true, [kResistStopPropagation]: true });
    }

    this[kEvents] ??= new Map();
    let list = this[kEvents].get(type);
    if (list === undefined) {
      list = emptyList();
      this[kEvents].set(type, list);
    }
    let last = list;
    while (last.next !== undefined) {
      last = last.next;
      if (last.matches(listener, flags.capture)) return;
    }
    new Listener(last, listener, flags);
    list.size += 1;
    if (flags.resists) list.resists += 1;
    this[kNewListener](list.size, type, listener, flags.once, flags.capture, flags.passive);
  }

  removeEventListener(type, listener, options = undefined) {
    check(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    if (!isListener(listener)) return;
    type = `${type}`;
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const list = this[kEvents]?.get(type);
    for (let found = list?.next; found !== undefined; found = found.next) {
      if (found.matches(listener, capture)) {
        removeFrom(this, type, list, found);
        return;
      }
    }
  }

  dispatchEvent(event) {
    check(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kIsBeingDispatched]) throw new codes.ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  /**
   * Calls the listeners of `type`: those of EventTarget with an event, Node-style ones with `nodeValue`. Without
   * `event`, one is made from `nodeValue` when the first listener needs it.
   */
  [kHybridDispatch](nodeValue, type, event) {
    const toEvent = () => {
      if (event === undefined) {
        event = this[kCreateEvent](nodeValue, type);
        event[kTarget] = this;
        event[kIsBeingDispatched] = true;
      }
      return event;
    };
    if (event !== undefined) {
      event[kTarget] = this;
      event[kIsBeingDispatched] = true;
    }

    const list = this[kEvents]?.get(type);
    let next;
    for (let found = list?.next; found !== undefined; found = next) {
      if (event?.[kStop] && list.resists === 0) break;
      // Taken before the call, which may change the list.
      ({ next } = found);
      if (found.removed || (event?.[kStop] && !found.resists)) continue;
      if (found.once) removeFrom(this, type, list, found);
      callListener(this, found, found.isNodeStyle ? nodeValue : toEvent(), event);
      // Node's events count as dispatched once the first listener has returned.
      if (event !== undefined) event[kIsBeingDispatched] = false;
    }
    if (event !== undefined) event[kIsBeingDispatched] = false;
  }

  [kCreateEvent](nodeValue, type) {
    throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', nodeValue);
  }

  [inspectCustom](depth, options) {
    const { name } = this.constructor;
    return depth < 0 ? name : `${name} ${inspectDeeper({}, options)}`;
  }
}

function removeFrom(target, type, list, found) {
  found.remove();
  list.size -= 1;
  if (found.resists) list.resists -= 1;
  if (list.size === 0) target[kEvents].delete(type);
  target[kRemoveListener](list.size, type, found.callback, found.capture);
}

for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'EventTarget', configurable: true,
});

/** Calls one listener. Targets may have been made without the constructor. */
function callListener(target, { callback, passive }, argument, event) {
  if (event !== undefined) event[kInPassiveListener] = passive;
  try {
    let result;
    if (typeof callback === 'function') result = apply(callback, target, [argument]);
    else if (typeof callback.handleEvent === 'function') result = callback.handleEvent(argument);
    if (result !== undefined && result !== null) watchResult(result);
  } catch (error) {
    throwLater(error);
  }
  if (event !== undefined) event[kInPassiveListener] = false;
}

/** Gives a new object the state of an EventTarget. */
function initEventTarget(target) {
  target[kEvents] = undefined;
  target[kMaxEventTargetListeners] = EventEmitter.defaultMaxListeners;
  target[kMaxEventTargetListenersWarned] = false;
  target[kHandlers] = undefined;
}

/** The listeners of `type`, as they were given. */
function listenersOf(target, type) {
  const listeners = [];
  for (let found = target[kEvents]?.get(`${type}`)?.next; found !== undefined; found = found.next) {
    listeners.push(found.callback);
  }
  return listeners;
}

/** Defines the event handler attribute `on…` (https://html.spec.whatwg.org/#event-handler-idl-attributes). */
function defineEventHandler(prototype, name, event = name) {
  const property = `on${name}`;
  const descriptor = Object.getOwnPropertyDescriptor({
    get [property]() {
      check(this);
      return this[kHandlers]?.get(event)?.handler ?? null;
    },
    set [property](value) {
      check(this);
      let wrapper = this[kHandlers]?.get(event);
      if (wrapper === undefined) {
        if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return;
        // The place among the listeners is that of the first handler, whatever replaces it.
        wrapper = function(...args) {
          return typeof wrapper.handler === 'function' ? apply(wrapper.handler, this, args) : undefined;
        };
        this[kHandlers] ??= new Map();
        this[kHandlers].set(event, wrapper);
        wrapper.handler = value;
        this.addEventListener(event, wrapper);
        return;
      }
      const isHandler = typeof value === 'function' || (typeof value === 'object' && value !== null);
      wrapper.handler = isHandler ? value : null;
    },
  }, property);
  Object.defineProperty(prototype, property, { ...descriptor, enumerable: true, configurable: true });
}

Object.defineProperty(module.exports, 'NodeEventTarget', {
  __proto__: null,
  enumerable: true,
  get: () => require('internal/node_event_target').NodeEventTarget,
});

Object.assign(module.exports, {
  CustomEvent,
  Event,
  EventTarget,
  defineEventHandler,
  initEventTarget,
  inspectDeeper,
  isEventTarget,
  kCreateEvent,
  kEvents,
  kHybridDispatch,
  kIsNodeStyleListener,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTarget,
  kTrustEvent,
  kType,
  listenersOf,
});

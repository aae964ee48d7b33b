'use strict';

// Event and CustomEvent (https://dom.spec.whatwg.org/#interface-event,
// https://nodejs.org/api/events.html#class-event). There is no tree here, so an event has one target and no bubbling.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const kType = Symbol('type');
const kDetail = Symbol('detail');
const kTarget = Symbol('kTarget');
const kIsBeingDispatched = Symbol('kIsBeingDispatched');
const kInPassiveListener = Symbol('kInPassiveListener');
const kStop = Symbol('kStop');
const kTrustEvent = Symbol('kTrustEvent');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** Events that the runtime itself made. */
const trusted = new WeakSet();

function isEvent(value) {
  return typeof value?.[kType] === 'string';
}

function check(event) {
  if (!isEvent(event)) throw new codes.ERR_INVALID_THIS('Event');
}

const visible = (Class, names) => {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
};

class Event {
  #cancelable = false;
  #bubbles = false;
  #composed = false;
  #defaultPrevented = false;
  #propagationStopped = false;
  #timestamp = ops.process_uptime() * 1000;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', { allowArray: true, allowFunction: true });
      this.#bubbles = Boolean(options.bubbles);
      this.#cancelable = Boolean(options.cancelable);
      this.#composed = Boolean(options.composed);
      if (options[kTrustEvent]) trusted.add(this);
    }
    this[kType] = `${type}`;
    this[kTarget] = null;
    this[kIsBeingDispatched] = false;
    this[kInPassiveListener] = false;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (this[kIsBeingDispatched]) return;
    this[kType] = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }

  [inspectCustom](depth, options) {
    check(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    const shown = {
      type: this[kType],
      defaultPrevented: this.#defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timestamp,
    };
    return `${name} ${inspectDeeper(shown, options)}`;
  }

  stopImmediatePropagation() {
    check(this);
    // Stopping at once includes stopping.
    this.stopPropagation();
    this[kStop] = true;
  }

  preventDefault() {
    check(this);
    if (this.#cancelable && !this[kInPassiveListener]) this.#defaultPrevented = true;
  }

  get target() {
    check(this);
    return this[kTarget];
  }

  get currentTarget() {
    check(this);
    return this[kIsBeingDispatched] ? this[kTarget] : null;
  }

  get srcElement() {
    check(this);
    return this[kTarget];
  }

  get type() {
    check(this);
    return this[kType];
  }

  get cancelable() {
    check(this);
    return this.#cancelable;
  }

  get defaultPrevented() {
    check(this);
    return this.#cancelable && this.#defaultPrevented;
  }

  get timeStamp() {
    check(this);
    return this.#timestamp;
  }

  composedPath() {
    check(this);
    return this[kIsBeingDispatched] ? [this[kTarget]] : [];
  }

  get returnValue() {
    check(this);
    return !this.#cancelable || !this.#defaultPrevented;
  }

  set returnValue(value) {
    check(this);
    if (!value) this.preventDefault();
  }

  get bubbles() {
    check(this);
    return this.#bubbles;
  }

  get composed() {
    check(this);
    return this.#composed;
  }

  get eventPhase() {
    check(this);
    return this[kIsBeingDispatched] ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    check(this);
    return this.#propagationStopped;
  }

  set cancelBubble(value) {
    check(this);
    if (value) this.#propagationStopped = true;
  }

  stopPropagation() {
    check(this);
    this.#propagationStopped = true;
  }

  get isTrusted() {
    check(this);
    return trusted.has(this);
  }
}

visible(Event, ['initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement',
  'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed',
  'eventPhase', 'cancelBubble', 'stopPropagation', 'isTrusted']);
Object.defineProperty(Event.prototype, 'isTrusted', { __proto__: null, configurable: false });
Object.defineProperty(Event.prototype, Symbol.toStringTag, { __proto__: null, value: 'Event', configurable: true });
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { __proto__: null, value, enumerable: true });
});

class CustomEvent extends Event {
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this[kDetail] = options?.detail ?? null;
  }

  get detail() {
    if (!isEvent(this) || this[kDetail] === undefined) throw new codes.ERR_INVALID_THIS('CustomEvent');
    return this[kDetail];
  }
}

visible(CustomEvent, ['detail']);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'CustomEvent', configurable: true,
});

/** The text of an object inside another's custom inspection. */
function inspectDeeper(value, options) {
  const depth = options.depth === null || options.depth === undefined ? null : options.depth - 1;
  return require('util').inspect(value, { ...options, depth });
}

module.exports = {
  CustomEvent, Event, inspectDeeper, isEvent, kInPassiveListener, kIsBeingDispatched, kStop, kTarget, kTrustEvent,
  kType,
};

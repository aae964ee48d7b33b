'use strict';

// AbortController and AbortSignal (https://dom.spec.whatwg.org/#aborting-ongoing-activities,
// https://nodejs.org/api/globals.html#class-abortcontroller).

const { codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const {
  Event, EventTarget, defineEventHandler, initEventTarget, inspectDeeper, kNewListener, kRemoveListener, kTrustEvent,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('events');

const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kComposite = Symbol('kComposite');
const kDontThrow = Symbol('kDontThrow');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const domException = (message, name) => new (require('internal/dom_exception').DOMException)(message, name);

function check(signal) {
  if (signal?.[kAborted] === undefined) throw new codes.ERR_INVALID_THIS('AbortSignal');
}

function inspectAs(object, shown, depth, options) {
  return depth < 0 ? object : `${object.constructor.name} ${inspectDeeper(shown, options)}`;
}

/** The timers of `AbortSignal.timeout` whose signal nobody can reach any more need not run. */
let forgottenTimeouts;

class AbortSignal extends EventTarget {
  /** Signals made from this one by `any`: those with listeners are kept alive, the others only known. */
  #listening = new Set();
  #dependants = new Set();
  #sources = null;
  /** What the timer of a timeout signal holds: the signal itself while someone listens. */
  #timerHold = null;
  #abortListeners = 0;

  constructor(dontThrow = undefined, aborted = false, reason = undefined, composite = false) {
    if (dontThrow !== kDontThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    initEventTarget(this);
    this[kMaxEventTargetListeners] = 0;
    this[kAborted] = aborted;
    this[kReason] = reason;
    this[kComposite] = composite;
  }

  get aborted() {
    check(this);
    return this[kAborted];
  }

  get reason() {
    check(this);
    return this[kReason];
  }

  throwIfAborted() {
    check(this);
    if (this[kAborted]) throw this[kReason];
  }

  [inspectCustom](depth, options) {
    return inspectAs(this, { aborted: this.aborted }, depth, options);
  }

  static abort(reason = domException('This operation was aborted', 'AbortError')) {
    return new AbortSignal(kDontThrow, true, reason);
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kDontThrow);
    const hold = { signal: null, weak: new WeakRef(signal) };
    signal.#timerHold = hold;
    const timer = require('timers').setTimeout(() => {
      const target = hold.signal ?? hold.weak.deref();
      hold.signal = null;
      if (target !== undefined) {
        abortSignal(target, domException('The operation was aborted due to timeout', 'TimeoutError'));
      }
    }, delay);
    timer.unref();
    forgottenTimeouts ??= new FinalizationRegistry((forgotten) => require('timers').clearTimeout(forgotten));
    forgottenTimeouts.register(signal, timer);
    return signal;
  }

  static any(signals) {
    const sources = toSignals(signals);
    const result = new AbortSignal(kDontThrow, false, undefined, true);
    for (const source of sources) {
      if (source[kAborted]) {
        result[kAborted] = true;
        result[kReason] = source[kReason];
        return result;
      }
    }
    result.#sources = new Set();
    for (const source of sources) {
      // A signal made by `any` stands for its own sources.
      for (const origin of source.#sources ?? [source]) {
        if (result.#sources.has(origin)) continue;
        result.#sources.add(origin);
        origin.#dependants.add(new WeakRef(result));
      }
    }
    return result;
  }

  [kNewListener](size, type, ...rest) {
    super[kNewListener](size, type, ...rest);
    if (type === 'abort') this.#countListeners(size);
  }

  [kRemoveListener](size, type, ...rest) {
    super[kRemoveListener](size, type, ...rest);
    if (type === 'abort') this.#countListeners(size);
  }

  /** Whoever listens must hear, even if nobody holds the signal; so what will abort it has to hold it. */
  #countListeners(size) {
    this.#abortListeners = size;
    for (const source of this.#sources ?? []) {
      if (size > 0) source.#listening.add(this);
      else source.#listening.delete(this);
      source.#updateHold();
    }
    this.#updateHold();
  }

  #updateHold() {
    if (this.#timerHold === null) return;
    const isNeeded = !this[kAborted] && (this.#abortListeners > 0 || this.#listening.size > 0);
    this.#timerHold.signal = isNeeded ? this : null;
  }

  /** Marks the signals made from this one, and returns those that were not aborted before. */
  static takeDependants(signal) {
    const taken = [];
    for (const reference of signal.#dependants) {
      const dependant = reference.deref();
      if (dependant !== undefined && !dependant[kAborted]) {
        dependant[kAborted] = true;
        dependant[kReason] = signal[kReason];
        taken.push(dependant);
      }
    }
    signal.#dependants.clear();
    signal.#listening.clear();
    return taken;
  }
}

const { takeDependants } = AbortSignal;
delete AbortSignal.takeDependants;

for (const name of ['aborted']) {
  Object.defineProperty(AbortSignal.prototype, name, { __proto__: null, enumerable: true });
}
defineEventHandler(AbortSignal.prototype, 'abort');
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'AbortSignal', configurable: true,
});

/** What `any` takes: an iterable of signals. */
function toSignals(signals) {
  const fail = (message) => {
    const error = new TypeError(message);
    error.code = 'ERR_INVALID_ARG_TYPE';
    return error;
  };
  const isObject = (typeof signals === 'object' && signals !== null) || typeof signals === 'function';
  if (!isObject || typeof signals[Symbol.iterator] !== 'function') {
    throw fail('signals cannot be converted to sequence.');
  }
  const list = [...signals];
  list.forEach((signal, index) => {
    if (signal?.[kAborted] === undefined) throw fail(`signals[${index}] is not of type AbortSignal.`);
  });
  return list;
}

/** https://dom.spec.whatwg.org/#abortsignal-signal-abort */
function abortSignal(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  const dependants = takeDependants(signal);
  runAbort(signal);
  for (const dependant of dependants) runAbort(dependant);
}

function runAbort(signal) {
  signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
}

class AbortController {
  #signal;

  get signal() {
    this.#signal ??= new AbortSignal(kDontThrow);
    return this.#signal;
  }

  abort(reason = domException('This operation was aborted', 'AbortError')) {
    abortSignal(this.#signal ??= new AbortSignal(kDontThrow), reason);
  }

  [inspectCustom](depth, options) {
    return inspectAs(this, { signal: this.signal }, depth, options);
  }
}

for (const name of ['signal', 'abort']) {
  Object.defineProperty(AbortController.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'AbortController', configurable: true,
});

module.exports = { AbortController, AbortSignal };

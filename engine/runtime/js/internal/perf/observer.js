'use strict';

// PerformanceObserver and the entries it is told of (https://w3c.github.io/performance-timeline/#dom-performanceobserver).

const { codes } = require('internal/errors');
const { kStartTime, kSkipThrow } = require('internal/perf/entry');
const { inspectAs } = require('internal/perf/inspect');
const { validateFunction, validateObject } = require('internal/validators');

const kMaybeBuffer = Symbol('kMaybeBuffer');
const kDispatch = Symbol('kDispatch');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const supportedEntryTypes = Object.freeze([
  'dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource',
]);

const SINGLE = 'single';
const SEVERAL = 'multiple';

/** Observers that observe something. */
const observers = new Set();
/** Those that are to be told in the next check phase. */
const pending = new Set();
let isScheduled = false;

/** What was made before somebody observed it, by type. */
let bufferOf = () => [];

function schedule(observer) {
  pending.add(observer);
  if (isScheduled) return;
  isScheduled = true;
  require('timers').setImmediate(() => {
    isScheduled = false;
    const told = [...pending];
    pending.clear();
    for (const each of told) each[kDispatch]();
  });
}

const domException = (message, name) => new (require('internal/dom_exception').DOMException)(message, name);

class PerformanceObserverEntryList {
  #entries;

  constructor(skipThrow = undefined, entries = []) {
    if (skipThrow !== kSkipThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = entries.toSorted((a, b) => a[kStartTime] - b[kStartTime]);
  }

  getEntries() {
    return [...this.#entries];
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    type = `${type}`;
    return this.#entries.filter((entry) => entry.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    return this.#entries.filter((entry) => entry.name === name && (type == null || entry.entryType === type));
  }

  [inspectCustom](depth, options) {
    return inspectAs(this, 'PerformanceObserverEntryList', this.#entries, depth, options);
  }
}

let observes;

class PerformanceObserver {
  #buffer = [];
  #types = new Set();
  #mode;
  #callback;

  static {
    observes = (observer, type) => observer.#types.has(type);
  }

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = { ...options };
    if (entryTypes === undefined && type === undefined) {
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes,
        'options.entryTypes can not set with options.type together');
    }
    const mode = entryTypes != null ? SEVERAL : SINGLE;
    this.#mode ??= mode;
    if (this.#mode !== mode) {
      throw domException(`PerformanceObserver can not change to ${mode} observation${mode === SEVERAL ? 's' : ''}`,
        'InvalidModificationError');
    }
    if (mode === SEVERAL) {
      if (!Array.isArray(entryTypes)) {
        throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      }
      const known = entryTypes.filter((each) => supportedEntryTypes.includes(each));
      if (known.length === 0) return;
      this.#types = new Set(known);
    } else {
      if (!supportedEntryTypes.includes(type)) return;
      this.#types.add(type);
      if (buffered) {
        this.#buffer.push(...bufferOf(type));
        if (this.#buffer.length > 0) schedule(this);
      }
    }
    observers.add(this);
    watchCollections();
  }

  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#mode = undefined;
    watchCollections();
  }

  takeRecords() {
    const list = this.#buffer;
    this.#buffer = [];
    return list;
  }

  static get supportedEntryTypes() {
    return supportedEntryTypes;
  }

  [kMaybeBuffer](entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#buffer.push(entry);
    schedule(this);
  }

  [kDispatch]() {
    const list = this.takeRecords();
    if (list.length > 0) {
      Reflect.apply(this.#callback, this, [new PerformanceObserverEntryList(kSkipThrow, list), this]);
    }
  }

  [inspectCustom](depth, options) {
    const shown = {
      connected: observers.has(this),
      pending: pending.has(this),
      entryTypes: [...this.#types],
      buffer: this.#buffer,
    };
    return inspectAs(this, 'PerformanceObserver', shown, depth, options);
  }
}

for (const [Class, names] of [
  [PerformanceObserver, ['observe', 'disconnect', 'takeRecords']],
  [PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']],
]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
}

/** Tells the observers of the entry's type. */
function enqueue(entry) {
  for (const observer of observers) observer[kMaybeBuffer](entry);
}

/** Whether anybody observes entries of that type. */
function isObserved(type) {
  for (const observer of observers) {
    if (observes(observer, type)) return true;
  }
  return false;
}

let isWatching = false;

/** Garbage collections cost time to tell of: the engine does so only while somebody observes them. */
function watchCollections() {
  const wanted = isObserved('gc');
  if (wanted === isWatching) return;
  isWatching = wanted;
  if (wanted) ops.gc_watch(collected);
  else ops.gc_unwatch();
}

function collected(_error, [kind, flags, start, duration]) {
  const { makeEntry } = require('internal/perf/entry');
  enqueue(makeEntry('gc', 'gc', start, duration, { kind, flags }));
}

/** Says where the entries are that were made before. */
function setBuffer(get) {
  bufferOf = get;
}

require('internal/perf/node_entry').load();

module.exports = { PerformanceObserver, PerformanceObserverEntryList, enqueue, isObserved, setBuffer };

'use strict';

// An EventTarget with the most used methods of EventEmitter, for message ports and workers
// (https://nodejs.org/api/events.html#class-nodeeventtarget).

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { EventTarget, kEvents, kHybridDispatch, kIsNodeStyleListener, listenersOf } =
  require('internal/event_target');
const { kMaxEventTargetListeners } = require('events');

const kIsNodeEventTarget = Symbol('kIsNodeEventTarget');

function check(target) {
  if (!target?.constructor?.[kIsNodeEventTarget]) throw new codes.ERR_INVALID_THIS('NodeEventTarget');
}

class NodeEventTarget extends EventTarget {
  static [kIsNodeEventTarget] = true;
  static defaultMaxListeners = 10;

  setMaxListeners(n) {
    check(this);
    require('events').setMaxListeners(n, this);
  }

  getMaxListeners() {
    check(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    check(this);
    return this[kEvents] === undefined ? [] : Array.from(this[kEvents].keys());
  }

  listenerCount(type) {
    check(this);
    return listenersOf(this, type).length;
  }

  off(type, listener, options) {
    check(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    check(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    check(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  addListener(type, listener) {
    check(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  emit(type, argument) {
    check(this);
    validateString(type, 'type');
    const hadListeners = this.listenerCount(type) > 0;
    this[kHybridDispatch](argument, type);
    return hadListeners;
  }

  once(type, listener) {
    check(this);
    this.addEventListener(type, listener, { once: true, [kIsNodeStyleListener]: true });
    return this;
  }

  removeAllListeners(type) {
    check(this);
    if (this[kEvents] === undefined) return this;
    if (type !== undefined) this[kEvents].delete(`${type}`);
    else this[kEvents].clear();
    return this;
  }
}

const names = ['setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on',
  'addListener', 'emit', 'once', 'removeAllListeners'];
for (const name of names) {
  Object.defineProperty(NodeEventTarget.prototype, name, { __proto__: null, enumerable: true });
}

module.exports = { NodeEventTarget };

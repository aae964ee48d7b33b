'use strict';

// MessageEvent (https://html.spec.whatwg.org/multipage/comms.html#messageevent), and the event of a port that closed.

const { codes } = require('internal/errors');
const { Event } = require('internal/event_target');

const convertError = (message) => new TypeError(`MessageEvent constructor: ${message}`);

const shown = (value) => require('internal/util/inspect').inspect(value);

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, init = undefined) {
    if (arguments.length === 0) throw convertError('1 argument required, but 0 found.');
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw convertError(`Expected eventInitDict ("${shown(init)}") to be an object.`);
    }
    super(type, init ?? undefined);
    this.#set(init ?? {});
  }

  #set({ data = null, origin = '', lastEventId = '', source = null, ports = [] }) {
    const { isMessagePort } = require('internal/messaging/port');
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    if (source !== null && !isMessagePort(source)) {
      throw convertError(`Expected eventInitDict.source ("${shown(source)}") to be an instance of MessagePort.`);
    }
    this.#source = source;
    if (typeof ports !== 'object' || ports === null || typeof ports[Symbol.iterator] !== 'function') {
      throw convertError(`Expected eventInitDict.ports ("${shown(ports)}") to be iterable.`);
    }
    this.#ports = [...ports];
    this.#ports.forEach((port, index) => {
      if (!isMessagePort(port)) {
        throw convertError(`Expected eventInitDict.ports[${index}] ("${shown(port)}") to be an instance of MessagePort.`);
      }
    });
    Object.freeze(this.#ports);
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#data in value)) throw new codes.ERR_INVALID_THIS('MessageEvent');
    return value;
  }

  get data() {
    return MessageEvent.#check(this).#data;
  }

  get origin() {
    return MessageEvent.#check(this).#origin;
  }

  get lastEventId() {
    return MessageEvent.#check(this).#lastEventId;
  }

  get source() {
    return MessageEvent.#check(this).#source;
  }

  get ports() {
    return MessageEvent.#check(this).#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '', source = null,
    ports = []) {
    this.initEvent(type, bubbles, cancelable);
    this.#set({ data, origin, lastEventId, source, ports });
  }
}

for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'MessageEvent', configurable: true,
});

class MessagePortCloseEvent extends Event {
  constructor() {
    super('close');
  }
}

module.exports = { MessageEvent, MessagePortCloseEvent };

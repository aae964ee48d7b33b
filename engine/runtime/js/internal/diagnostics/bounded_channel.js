'use strict';

// Two channels for the start and the end of something synchronous
// (https://nodejs.org/api/diagnostics_channel.html).

const { Channel, channel } = require('diagnostics_channel');
const { codes } = require('internal/errors');

const EVENTS = ['start', 'end'];

/** From the start that was published to the end that will be. */
class BoundedChannelScope {
  #end;
  #data;
  #stores;

  constructor({ start, end }, data) {
    this.#end = end;
    this.#data = data;
    this.#stores = start.withStoreScope(data);
  }

  [Symbol.dispose]() {
    if (this.#end === undefined) return;
    this.#end.publish(this.#data);
    this.#end = undefined;
    this.#stores[Symbol.dispose]();
  }
}

/** The channels that a name or an object of channels stands for. */
function toChannel(events, nameOrChannels, event, Class) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const given = nameOrChannels[event];
    if (!(given instanceof Channel)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, ['Channel'], given);
    }
    return given;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', Class, 'Object'], nameOrChannels);
}

class BoundedChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      Object.defineProperty(this, event, {
        __proto__: null, value: toChannel(EVENTS, nameOrChannels, event, 'BoundedChannel'),
      });
    }
  }

  get hasSubscribers() {
    return this.start.hasSubscribers || this.end.hasSubscribers;
  }

  subscribe(handlers) {
    for (const event of EVENTS) {
      if (handlers[event]) this[event].subscribe(handlers[event]);
    }
  }

  unsubscribe(handlers) {
    let done = true;
    for (const event of EVENTS) {
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  withScope(data = { __proto__: null }) {
    return new BoundedChannelScope(this, data);
  }

  run(data, fn, thisArg, ...args) {
    const scope = this.withScope(data ?? { __proto__: null });
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      scope[Symbol.dispose]();
    }
  }
}

/** Channels for the start and the end. */
function boundedChannel(nameOrChannels) {
  return new BoundedChannel(nameOrChannels);
}

module.exports = { BoundedChannel, boundedChannel, toChannel };

'use strict';

// Named channels on which libraries tell what they do (https://nodejs.org/api/diagnostics_channel.html).

const { codes } = require('internal/errors');
const { observed } = require('internal/diagnostics/observed');
const { validateFunction } = require('internal/validators');

/** Channels that somebody has, by name; one that nobody holds and nobody listens to is forgotten. */
const channels = new Map();
const forgotten = new FinalizationRegistry((name) => {
  if (channels.get(name)?.reference.deref() === undefined) channels.delete(name);
});

/** A channel with subscribers is not forgotten. */
function hold(channel) {
  const known = channels.get(channel.name);
  if (known?.reference.deref() === channel) known.held = channel;
}

function release(channel) {
  const known = channels.get(channel.name);
  if (known?.held === channel) known.held = undefined;
}

/** Reports an exception of a subscriber; the publisher goes on. */
function fail(error) {
  process.nextTick(() => {
    ops.trigger_uncaught(error, false);
  });
}

/** `Map` under the name that Node shows. */
class SafeMap extends Map {}

/** A channel with somebody to hear it. */
class ActiveChannel {
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A publisher may be going through the old list.
    this._subscribers = [...this._subscribers, subscription];
    hold(this);
  }

  unsubscribe(subscription) {
    const index = this._subscribers.indexOf(subscription);
    if (index === -1) return false;
    this._subscribers = this._subscribers.toSpliced(index, 1);
    deactivate(this);
    return true;
  }

  bindStore(store, transform) {
    this._stores.set(store, transform);
    hold(this);
  }

  unbindStore(store) {
    if (!this._stores.has(store)) return false;
    this._stores.delete(store);
    deactivate(this);
    return true;
  }

  get hasSubscribers() {
    return true;
  }

  publish(data) {
    for (const subscription of this._subscribers ?? []) {
      try {
        subscription(data, this.name);
      } catch (error) {
        fail(error);
      }
    }
  }

  withStoreScope(data) {
    return new RunStoresScope(this, data);
  }

  runStores(data, fn, thisArg, ...args) {
    const scope = this.withStoreScope(data);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      scope[Symbol.dispose]();
    }
  }
}

/** The stores of a channel have the values of what is published until the scope is left. */
class RunStoresScope {
  #scopes = [];

  constructor(channel, data) {
    for (const [store, transform] of channel._stores?.entries() ?? []) {
      let value = data;
      if (transform !== undefined) {
        try {
          value = transform(data);
        } catch (error) {
          fail(error);
          continue;
        }
      }
      this.#scopes.push(store.withScope(value));
    }
    channel.publish(data);
  }

  [Symbol.dispose]() {
    while (this.#scopes.length > 0) this.#scopes.pop()[Symbol.dispose]();
  }
}

function activate(channel) {
  Object.setPrototypeOf(channel, ActiveChannel.prototype);
  channel._subscribers = [];
  channel._stores = new SafeMap();
}

function deactivate(channel) {
  if (channel._subscribers.length > 0 || channel._stores.size > 0) return;
  Object.setPrototypeOf(channel, Channel.prototype);
  channel._subscribers = undefined;
  channel._stores = undefined;
  release(channel);
}

/** A channel that nobody hears: publishing on it costs nothing. */
class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
    this._index = undefined;
    channels.set(name, { reference: new WeakRef(this), held: undefined });
    forgotten.register(this, name);
  }

  static [Symbol.hasInstance](instance) {
    const prototype = Object.getPrototypeOf(Object(instance));
    return prototype === Channel.prototype || prototype === ActiveChannel.prototype;
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    activate(this);
    this.subscribe(subscription);
  }

  unsubscribe() {
    return false;
  }

  bindStore(store, transform) {
    activate(this);
    this.bindStore(store, transform);
  }

  unbindStore() {
    return false;
  }

  get hasSubscribers() {
    return false;
  }

  publish() {}

  runStores(data, fn, thisArg, ...args) {
    return Reflect.apply(fn, thisArg, args);
  }

  withStoreScope() {
    return new RunStoresScope(this, undefined);
  }
}

/** The channel of that name. */
function channel(name) {
  const known = channels.get(name)?.reference.deref();
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

/** Has `subscription(message, name)` called for what is published on the channel. */
function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

/** No longer; returns whether it was. */
function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

/** Whether anybody hears the channel. */
function hasSubscribers(name) {
  return channels.get(name)?.reference.deref()?.hasSubscribers ?? false;
}

module.exports = {
  channel,
  hasSubscribers,
  subscribe,
  tracingChannel(nameOrChannels) {
    return require('internal/diagnostics/tracing_channel').tracingChannel(nameOrChannels);
  },
  unsubscribe,
  boundedChannel(nameOrChannels) {
    return require('internal/diagnostics/bounded_channel').boundedChannel(nameOrChannels);
  },
  Channel,
};
ops.util_lazy_property(module.exports, 'BoundedChannel',
  () => require('internal/diagnostics/bounded_channel').BoundedChannel, true);

observed.module = module.exports;

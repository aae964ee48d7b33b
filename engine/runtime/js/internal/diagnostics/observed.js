'use strict';

// Channels on which built-in modules tell what they do (https://nodejs.org/api/diagnostics_channel.html#built-in-channels).
// Nobody can listen before `diagnostics_channel` is loaded: until then `observed.module` is null, which is all that the
// publishers look at, and they load nothing themselves.

const observed = {
  /** The module `diagnostics_channel` once it is loaded. */
  module: null,
};

/** Publishes `message` on the channel `name`, if anybody listens there. */
function publish(name, message) {
  const channel = observed.module.channel(name);
  if (channel.hasSubscribers) channel.publish(message);
}

const tracings = new Map();

/** The tracing channel of that name when anybody listens to it, else undefined. */
function tracing(name) {
  if (observed.module === null) return undefined;
  let channel = tracings.get(name);
  if (channel === undefined) {
    channel = observed.module.tracingChannel(name);
    tracings.set(name, channel);
  }
  return channel.hasSubscribers ? channel : undefined;
}

module.exports = { observed, publish, tracing };

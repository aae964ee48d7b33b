'use strict';

// What primary and workers tell each other beside the messages of scripts. A message with `ack` answers the one with
// that `seq`.

const CMD = 'NODE_CLUSTER';

const callbacks = new Map();
let seq = 0;

/** Tells the process at the other end of `target`'s channel; `callback` gets the answer. False when nobody is there. */
function tell(target, message, handle, callback) {
  if (!target.connected) return false;
  const whole = { cmd: CMD, ...message, seq };
  if (callback !== undefined) callbacks.set(seq, callback);
  seq++;
  return target.send(whole, handle);
}

/** A listener of 'internalMessage' that gives answers to who asked, and everything else to `listener`. */
function listen(listener) {
  return (message, handle) => {
    if (message.cmd !== CMD) return;
    const callback = message.ack === undefined ? undefined : callbacks.get(message.ack);
    if (callback === undefined) {
      listener(message, handle);
      return;
    }
    callbacks.delete(message.ack);
    callback(message, handle);
  };
}

module.exports = { listen, tell };

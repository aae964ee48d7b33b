'use strict';

// BroadcastChannel (https://nodejs.org/api/worker_threads.html#class-broadcastchannel-extends-eventtarget).

const { codes } = require('internal/errors');
const { EventTarget, defineEventHandler } = require('internal/event_target');
const { unpack } = require('internal/messaging/port');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const states = new WeakMap();

function check(channel) {
  const state = states.get(channel);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
  return state;
}

/** The engine calls this for every message. */
function arrived(channel, state) {
  const message = state.closed ? undefined : ops.port_take(state.number, false);
  if (message === undefined || message === null) return;
  const { MessageEvent } = require('internal/messaging/event');
  let event;
  try {
    const [data, ports] = unpack(message, require('internal/structured_clone').read);
    event = new MessageEvent('message', { data, ports });
  } catch (error) {
    event = new MessageEvent('messageerror', { data: error });
  }
  channel.dispatchEvent(event);
}

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    const text = `${name}`;
    const state = { name: text, number: ops.port_broadcast(text), closed: false, operation: 0 };
    states.set(this, state);
    require('internal/clone_marks').markUncloneable(this);
    state.operation = ops.port_listen(state.number, text, () => arrived(this, state));
    ops.op_refd(state.operation, true);
    ops.port_receive(state.number, true);
  }

  get name() {
    return check(this).name;
  }

  close() {
    const state = check(this);
    if (state.closed) return;
    state.closed = true;
    ops.port_close(state.number);
    ops.port_silence(state.operation);
  }

  postMessage(message) {
    const state = check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (state.closed) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    const { bytes, parts, buffers } = require('internal/structured_clone').write(message, []);
    ops.port_post(state.number, bytes, parts, buffers);
  }

  ref() {
    const state = check(this);
    if (!state.closed) ops.op_refd(state.operation, true);
    return this;
  }

  unref() {
    const state = check(this);
    if (!state.closed) ops.op_refd(state.operation, false);
    return this;
  }

  [inspectCustom](depth, options) {
    const state = check(this);
    if (depth < 0) return 'BroadcastChannel';
    const { inspect } = require('internal/util/inspect');
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BroadcastChannel ${inspect({ name: state.name, active: !state.closed }, inner)}`;
  }
}

for (const name of ['name', 'close', 'postMessage']) {
  Object.defineProperty(BroadcastChannel.prototype, name, { __proto__: null, enumerable: true });
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

const stateOf = (value) => states.get(value);

module.exports = { BroadcastChannel, stateOf };

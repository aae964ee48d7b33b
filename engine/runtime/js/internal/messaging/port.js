'use strict';

// MessagePort and MessageChannel (https://nodejs.org/api/worker_threads.html#class-messageport). The engine keeps the
// ports; an object here names one by its number and listens to it from the beginning, so that it hears when the other
// end closes.

const { running } = require('internal/async_ids');
const { codes } = require('internal/errors');
const { defineEventHandler, kCreateEvent, kHybridDispatch, kNewListener, kRemoveListener } =
  require('internal/event_target');
const { NodeEventTarget } = require('internal/node_event_target');
const { kDetached, kTransfer, markTransferable } = require('internal/clone_marks');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** What is known of a port: object → State. */
const states = new WeakMap();

class State {
  constructor(port, number, read) {
    this.number = number;
    this.read = read;
    this.closed = false;
    this.closing = false;
    this.refed = false;
    this.drains = false;
    this.dispatches = false;
    /** The ports that came with the message that is being told. */
    this.ports = [];
    running.hooks?.announce(port);
    this.operation = ops.port_listen(number, '', () => arrived(port, this));
  }
}

/** The state of `this` in a method. */
function stateOf(port) {
  const state = states.get(port);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

function isMessagePort(value) {
  return states.has(value);
}

function MessagePort() {
  throw new codes.ERR_CONSTRUCT_CALL_INVALID();
}

Object.setPrototypeOf(MessagePort, NodeEventTarget);
MessagePort.prototype = Object.create(NodeEventTarget.prototype, {
  constructor: { value: MessagePort, writable: true, configurable: true },
});
Object.defineProperty(MessagePort, 'prototype', { writable: false });

/** The object for port `number`; `read` makes values of messages. */
function makePort(number, read = readHere) {
  const port = Reflect.construct(NodeEventTarget, [], MessagePort);
  states.set(port, new State(port, number, read));
  markTransferable(port);
  return port;
}

function readHere(bytes, parts, buffers) {
  return require('internal/structured_clone').read(bytes, parts, buffers);
}

/** A taken message as `[value, ports]`. */
function unpack(message, read) {
  if (message.length === 1) return [message[0], []];
  const [bytes, parts, buffers] = message;
  const ports = [];
  const made = parts.map((part) => {
    if (typeof part !== 'number') return part;
    const port = makePort(part);
    ports.push(port);
    return port;
  });
  return [read(bytes, made, buffers), ports];
}

/** The engine calls this for every message and for the end. */
function arrived(port, state) {
  if (state.closing && !state.drains) return;
  let message;
  try {
    message = ops.port_take(state.number, false, false);
  } catch (error) {
    dispatch(port, state, error, 'messageerror');
    return;
  }
  if (message === undefined) return;
  if (message === null) {
    close(port, state);
    return;
  }
  tell(port, state, message);
}

function tell(port, state, message) {
  let value;
  let type = 'message';
  try {
    [value, state.ports] = unpack(message, state.read);
  } catch (error) {
    value = error;
    type = 'messageerror';
  }
  dispatch(port, state, value, type);
}

function dispatch(port, state, value, type) {
  state.dispatches = true;
  try {
    port[kHybridDispatch](value, type);
  } finally {
    state.dispatches = false;
    state.ports = [];
  }
}

/** Tells all that waits at a port that wants messages. */
function drain(port) {
  const state = stateOf(port);
  for (;;) {
    const message = ops.port_take(state.number, false);
    if (message === undefined || message === null) return;
    tell(port, state, message);
  }
}

/** The port is over: lets go of it and says so. */
function closed(port, state) {
  if (state.closed) return;
  state.closed = true;
  state.refed = false;
  ops.port_close(state.number);
  ops.port_silence(state.operation);
  const { MessagePortCloseEvent } = require('internal/messaging/event');
  const event = new MessagePortCloseEvent();
  port[kHybridDispatch](event, 'close', event);
}

/** Ends the port in the closing phase. */
function close(port, state) {
  if (state.closed || state.closing) return;
  state.closing = true;
  // Messages that are there already are still told when one of them closes the port.
  state.drains = state.dispatches;
  if (!state.drains) ops.port_close(state.number);
  ops.closing_add(() => closed(port, state));
}

function toTransferList(given) {
  if (given === undefined || given === null) return [];
  const isObject = typeof given === 'object' || typeof given === 'function';
  if (isObject && typeof given[Symbol.iterator] === 'function') return [...given];
  if (!isObject) throw invalidType('Optional transferList argument must be an iterable');
  const { transfer } = given;
  if (transfer === undefined || transfer === null) return [];
  if (typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') {
    throw invalidType('Optional options.transfer argument must be an iterable');
  }
  return [...transfer];
}

function invalidType(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

function missing(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_MISSING_ARGS' });
}

const methods = {
  postMessage(value, transfer) {
    const state = stateOf(this);
    if (arguments.length === 0) throw missing('Not enough arguments to MessagePort.postMessage');
    const list = toTransferList(transfer);
    if (list.length === 0 && !state.closed && !state.closing && ops.port_post_plain(state.number, value)) return true;
    const { domException, write } = require('internal/structured_clone');
    if (list.includes(this)) throw domException('Transfer list contains source port');
    const { bytes, parts, buffers } = write(value, list);
    if (state.closed || state.closing) return undefined;
    if (!ops.port_post(state.number, bytes, parts, buffers)) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      close(this, state);
      return undefined;
    }
    return true;
  },

  start() {
    const state = stateOf(this);
    if (!state.closed && !state.closing) ops.port_receive(state.number, true);
  },

  ref() {
    setRefed(stateOf(this), true);
  },

  unref() {
    setRefed(stateOf(this), false);
  },

  hasRef() {
    return stateOf(this).refed;
  },

  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    close(this, stateOf(this));
  },
};

function setRefed(state, refed) {
  if (state.closed || state.closing) return;
  state.refed = refed;
  ops.op_refd(state.operation, refed);
}

for (const name of ['postMessage', 'start', 'ref', 'unref', 'hasRef', 'close']) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, value: methods[name], configurable: true, enumerable: true, writable: true,
  });
}
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

// Whoever sets the handler wants messages; who takes it away again no longer waits for any.
const { get: getHandler, set: setHandler } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
Object.defineProperty(MessagePort.prototype, 'onmessage', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: getHandler,
  set(value) {
    Reflect.apply(setHandler, this, [value]);
    const state = stateOf(this);
    if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
      setRefed(state, true);
      this.start();
    } else {
      setRefed(state, false);
    }
  },
});

function hidden(name, value) {
  Object.defineProperty(MessagePort.prototype, name, { __proto__: null, value, configurable: true, writable: true });
}

hidden(kNewListener, function(size, type) {
  if (type !== 'message' || !states.has(this)) return;
  if (size === 1) setRefed(stateOf(this), true);
  this.start();
});

hidden(kRemoveListener, function(size, type) {
  if (type === 'message' && size === 0) setRefed(stateOf(this), false);
});

hidden(kCreateEvent, function(data, type) {
  const { MessageEvent } = require('internal/messaging/event');
  if (type !== 'message' && type !== 'messageerror') return data;
  return new MessageEvent(type, { data, ports: states.get(this).ports });
});

hidden(kDetached, function() {
  const state = stateOf(this);
  return state.closed || state.closing;
});

hidden(kTransfer, function() {
  const state = stateOf(this);
  return {
    data: undefined,
    shared: state.number,
    deserializeInfo: 'internal/messaging/port:receive',
    move: () => {
      // The port itself goes on elsewhere; only this object is over.
      state.closing = true;
      state.number = 0;
      ops.closing_add(() => closed(this, state));
    },
  };
});

hidden(inspectCustom, function(depth, options) {
  const state = states.get(this);
  if (state === undefined) return this;
  const shown = { active: !state.closed && !state.closing, refed: state.refed };
  for (const key of Reflect.ownKeys(this)) shown[key] = this[key];
  const { inspect } = require('internal/util/inspect');
  return `MessagePort [EventTarget] ${inspect(shown, options)}`;
});

/** The port that came with a message: its number, or already an object. */
function receive(_data, port) {
  return typeof port === 'number' ? makePort(port) : port;
}

function MessageChannel() {
  if (new.target === undefined) {
    throw Object.assign(new TypeError('Cannot call constructor without `new`'), { code: 'ERR_CONSTRUCT_CALL_REQUIRED' });
  }
  const [first, second] = ops.port_pair();
  this.port1 = makePort(first);
  this.port2 = makePort(second);
}

/** The oldest message that waits, without any event. */
function receiveMessageOnPort(port) {
  const state = states.get(port) ?? require('internal/messaging/broadcast').stateOf(port);
  if (state === undefined) {
    throw invalidType('The "port" argument must be a MessagePort instance');
  }
  if (state.closed || state.closing) return undefined;
  const message = ops.port_take(state.number, true);
  if (message === undefined) return undefined;
  if (message === null) {
    if (isMessagePort(port)) close(port, state);
    return undefined;
  }
  return { message: unpack(message, state.read ?? readHere)[0] };
}

/** Takes the native port away from its object; for moving it to another context. */
function surrender(port) {
  const state = stateOf(port);
  const { number } = state;
  state.closing = true;
  state.number = 0;
  ops.port_silence(state.operation);
  state.closed = true;
  return number;
}

module.exports = {
  MessageChannel, MessagePort, drain, isMessagePort, makePort, receive, receiveMessageOnPort, surrender, unpack,
};

'use strict';

// `moveMessagePortToContext` (https://nodejs.org/api/worker_threads.html
// #workermovemessageporttocontextport-contextifiedsandbox): a port whose methods, events and errors belong to another
// context. It is no EventTarget there; messages go to its property `onmessage`.

const { isContext } = require('internal/vm/options');
const { kDetached, kTransfer, markTransferable } = require('internal/clone_marks');
const { isMessagePort, surrender } = require('internal/messaging/port');

// Runs in the other context. `act(name, port, argument, argument)` never throws: it returns what failed, or undefined.
const SOURCE = `((act) => {
  class DOMException extends Error {
    constructor(message, name, code) {
      super(message);
      Object.defineProperties(this, { name: { value: name }, code: { value: code } });
    }
  }
  const check = (failed) => {
    if (failed === undefined) return;
    const { name, message, code } = failed;
    if (typeof code === 'number') throw new DOMException(message, name, code);
    throw Object.assign(new TypeError(message), { code });
  };
  function MessagePort() {
    throw new TypeError('Illegal constructor');
  }
  MessagePort.prototype.onmessage = undefined;
  const methods = {
    postMessage(value, transfer) { check(act('postMessage', this, value, transfer)); },
    start() { check(act('start', this)); },
    close() { check(act('close', this)); },
    drain() { check(act('drain', this)); },
    ref() { check(act('ref', this)); },
    unref() { check(act('unref', this)); },
  };
  Object.assign(MessagePort.prototype, methods);
  return {
    make: () => Object.create(MessagePort.prototype),
    tell: (port, type, data, ...ports) => port['on' + type]?.({ type, data, ports, target: port }),
  };
})`;

/** Context → what its script returned. */
const realms = new WeakMap();
/** Moved port → { number, operation, context, closed }. */
const states = new WeakMap();

function realmOf(context) {
  let realm = realms.get(context);
  if (realm === undefined) {
    const script = new (require('vm').Script)(SOURCE, { filename: 'node:internal/messaging/context' });
    realm = script.runInContext(context)(act);
    realms.set(context, realm);
  }
  return realm;
}

const actions = {
  postMessage(state, port, value, transfer) {
    const { domException, write } = require('internal/structured_clone');
    const list = transfer === undefined || transfer === null ? [] : [...(transfer.transfer ?? transfer)];
    if (list.includes(port)) throw domException('Transfer list contains source port');
    const { bytes, parts, buffers } = write(value, list);
    if (!state.closed) ops.port_post(state.number, bytes, parts, buffers);
  },
  start(state) {
    if (!state.closed) ops.port_receive(state.number, true);
  },
  close(state) {
    end(state);
  },
  drain() {},
  ref(state) {
    if (!state.closed) ops.op_refd(state.operation, true);
  },
  unref(state) {
    if (!state.closed) ops.op_refd(state.operation, false);
  },
};

/** The methods of moved ports; what fails is returned as plain text. */
function act(name, port, ...args) {
  try {
    const state = states.get(port);
    if (state === undefined) throw new TypeError('Illegal invocation');
    actions[name](state, port, ...args);
    return undefined;
  } catch (error) {
    return { name: error.name, message: error.message, code: error.code };
  }
}

function end(state) {
  if (state.closed) return;
  state.closed = true;
  ops.port_close(state.number);
  ops.port_silence(state.operation);
}

/** The engine calls this for every message and for the end. */
function arrived(port, state) {
  const message = state.closed ? undefined : ops.port_take(state.number, false, true);
  if (message === undefined) return;
  if (message === null) {
    end(state);
    return;
  }
  const realm = realmOf(state.context);
  const [bytes, parts, buffers] = message;
  const ports = [];
  const made = parts.map((part) => {
    if (typeof part !== 'number') return part;
    ports.push(makePort(part, state.context));
    return ports.at(-1);
  });
  let data;
  let type = 'message';
  try {
    data = require('internal/structured_clone').read(bytes, made, buffers, state.context);
  } catch (error) {
    data = error;
    type = 'messageerror';
  }
  realm.tell(port, type, data, ...ports);
}

function makePort(number, context) {
  const port = realmOf(context).make();
  const state = { number, operation: 0, context, closed: false };
  states.set(port, state);
  const move = () => {
    state.closed = true;
    ops.port_silence(state.operation);
  };
  const deserializeInfo = 'internal/messaging/port:receive';
  const hidden = (key, value) => Object.defineProperty(port, key, { value, configurable: true });
  hidden(kTransfer, () => ({ data: undefined, shared: state.number, deserializeInfo, move }));
  hidden(kDetached, () => state.closed);
  markTransferable(port);
  state.operation = ops.port_listen(number, '', () => arrived(port, state));
  return port;
}

function moveMessagePortToContext(port, contextifiedSandbox) {
  if (!isMessagePort(port)) {
    throw Object.assign(new TypeError('The "port" argument must be a MessagePort instance'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (port[kDetached]()) {
    throw Object.assign(new Error('Cannot send data on closed MessagePort'), { code: 'ERR_CLOSED_MESSAGE_PORT' });
  }
  const isObject = (typeof contextifiedSandbox === 'object' && contextifiedSandbox !== null) ||
    typeof contextifiedSandbox === 'function';
  if (!isObject || !isContext(contextifiedSandbox)) {
    throw Object.assign(new TypeError('Invalid context argument'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  return makePort(surrender(port), contextifiedSandbox);
}

module.exports = { moveMessagePortToContext };

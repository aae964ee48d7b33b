'use strict';

// `inspector` (https://nodejs.org/api/inspector.html): lets debuggers come in, and talks to V8's inspector from inside.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const validators = require('internal/validators');
const { engineConsole } = require('internal/globals');
const { report } = require('internal/console/report');
const { DOMStorage, Network, NetworkResources } = require('internal/inspector/events');

const MOST_PORT = 65535;
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?|\[?0:0:0:0:0:0:0:1\]?)$/i;

/** A conversation with V8's inspector in the protocol of Chrome's developer tools. */
class Session extends EventEmitter {
  #connection = null;
  #lastId = 0;
  #callbacks = new Map();

  /** Begins to talk to the inspector of this thread. */
  connect() {
    this.#check();
    report();
    const number = ops.inspect_connect((text) => this.#hear(text));
    this.#connection = {
      send: (text) => ops.inspect_send(number, text),
      close: () => ops.inspect_disconnect(number),
      wait() {},
    };
  }

  /** Begins to talk to the inspector of the main thread. */
  connectToMainThread() {
    if (ops.worker_info() === undefined) throw new codes.ERR_INSPECTOR_NOT_WORKER();
    this.#check();
    const [number, operation] = ops.inspect_connect_main((error, text) => this.#hear(text));
    this.#connection = {
      send: (text) => ops.inspect_send_main(number, text),
      close: () => ops.inspect_disconnect_main(number, operation),
      // The thread goes on while answers are due.
      wait: (isDue) => ops.op_refd(operation, isDue),
    };
  }

  #check() {
    if (this.#connection !== null) throw new codes.ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
  }

  #hear(text) {
    const message = JSON.parse(text);
    try {
      if (message.id === undefined) {
        this.emit(message.method, message);
        this.emit('inspectorNotification', message);
        return;
      }
      const callback = this.#callbacks.get(message.id);
      this.#callbacks.delete(message.id);
      if (this.#callbacks.size === 0) this.#connection?.wait(false);
      if (callback === undefined) return;
      const { error } = message;
      if (error === undefined) callback(null, message.result);
      else callback(new codes.ERR_INSPECTOR_COMMAND(error.code, error.message));
    } catch (error) {
      // V8 is in the middle of something and cannot be left by an exception.
      process.emitWarning(error);
    }
  }

  /** Sends a request; `callback(error, result)` gets the answer. */
  post(method, params, callback) {
    validators.validateString(method, 'method');
    if (!callback && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params && typeof params !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('params', 'object', params);
    if (callback) validators.validateFunction(callback, 'callback');
    if (this.#connection === null) throw new codes.ERR_INSPECTOR_NOT_CONNECTED();
    const id = ++this.#lastId;
    const message = { id, method };
    if (params) message.params = params;
    if (callback) {
      this.#callbacks.set(id, callback);
      this.#connection.wait(true);
    }
    this.#connection.send(JSON.stringify(message));
  }

  /** Ends the conversation. Requests without an answer get an error. */
  disconnect() {
    if (this.#connection === null) return;
    const connection = this.#connection;
    connection.close();
    this.#connection = null;
    const rest = [...this.#callbacks.values()];
    this.#callbacks.clear();
    this.#lastId = 0;
    for (const callback of rest) process.nextTick(callback, new codes.ERR_INSPECTOR_CLOSED());
  }
}

/** Lets debuggers come in at an address. */
function open(port, host, wait) {
  if (ops.inspect_url() !== undefined) throw new codes.ERR_INSPECTOR_ALREADY_ACTIVATED();
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 0;
  if (isPort) validators.validateInt32(port, 'port', 0, MOST_PORT);
  if (host && !LOOPBACK.test(host)) {
    process.emitWarning(
      'Binding the inspector to a public IP with an open port is insecure, as it allows external hosts to connect to ' +
        'the inspector and perform a remote code execution attack. Documentation can be found at ' +
        'https://nodejs.org/api/cli.html#--inspecthostport',
      'SecurityWarning',
    );
  }
  report();
  ops.inspect_open(isPort ? port : -1, host || undefined);
  if (url() !== undefined) process.debugPort = ops.inspect_port();
  if (wait) waitForDebugger();
  return { __proto__: null, [Symbol.dispose]() { close(); } };
}

/** Lets nobody in any more. */
function close() {
  ops.inspect_close();
}

/** Where debuggers come in. */
function url() {
  return ops.inspect_url();
}

/** Waits until a debugger says that the program may go on. */
function waitForDebugger() {
  if (!ops.inspect_wait()) throw new codes.ERR_INSPECTOR_NOT_ACTIVE();
}

module.exports = {
  open, close, url, waitForDebugger, console: engineConsole(), Session, Network, NetworkResources, DOMStorage,
};

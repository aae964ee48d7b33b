'use strict';

// Hooks with a thread of their own (`module.register`, https://nodejs.org/api/module.html#asynchronous-hooks-accepted-by-moduleregister):
// the side that asks. It stands still until the thread has answered; internal/modules/hooks_worker.js is the other side.

const { MessageChannel, receiveMessageOnPort } = require('internal/messaging/port');

let port;
/** 0 while the thread works on an answer. */
let flag;
let isGone = false;

function start() {
  const { INTERNAL, PASS_ON, Worker } = require('internal/worker/worker');
  const channel = new MessageChannel();
  flag = new Int32Array(new SharedArrayBuffer(4));
  port = channel.port1;
  port.unref();
  const worker = new Worker('internal/modules/hooks_worker', {
    [INTERNAL]: true, name: 'hooks', workerData: { port: channel.port2, flag }, transferList: [channel.port2],
  });
  worker.unref();
  require('internal/at_exit').atExit(() => {
    if (isGone) return;
    ask({ what: 'flush' });
    worker[PASS_ON]();
  });
}

function ask(message, transferList = []) {
  if (port === undefined) start();
  Atomics.store(flag, 0, 0);
  port.postMessage(message, transferList);
  Atomics.wait(flag, 0, 0);
  const { exitCode, error, value } = receiveMessageOnPort(port).message;
  if (exitCode !== undefined) {
    isGone = true;
    process.exit(exitCode);
  }
  if (error !== undefined) throw require('internal/worker/error_copy').deserialize(error);
  return value;
}

/** What a URL's parts and the like become on their way to the other thread. */
function plain({ importAttributes, ...others }) {
  const values = { ...others, importAttributes: { ...importAttributes } };
  return Object.fromEntries(Object.keys(values).sort().map((key) => [key, values[key]]));
}

function resolve(specifier, context) {
  return ask({ what: 'resolve', specifier, context: plain(context) });
}

function load(url, context) {
  return ask({ what: 'load', url, context: plain(context) });
}

/** `module.register(specifier[, parentURL][, options])`. */
function register(specifier, parentURL = undefined, options = undefined) {
  if (options === undefined && typeof parentURL === 'object' && parentURL !== null && !('href' in parentURL)) {
    options = parentURL;
    ({ parentURL } = options);
  }
  const { data, transferList } = options ?? {};
  ask({ what: 'register', specifier: `${specifier}`, parentURL: `${parentURL ?? 'data:'}`, data }, transferList);
}

module.exports = { load, register, resolve };

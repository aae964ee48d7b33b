'use strict';

// Streams that move to another place: a pair of ports carries the chunks there
// (https://streams.spec.whatwg.org/#transferrable-streams).

const { kTransfer } = require('internal/clone_marks');
const { kState, markHandled, upon } = require('internal/webstreams/util');

const pipe = (source, destination) => markHandled(require('internal/webstreams/pipe').pipe(
  source[kState], destination[kState],
  { preventAbort: false, preventCancel: false, preventClose: false, signal: undefined }));

function refuseLocked(isLocked, name) {
  if (!isLocked) return;
  const { DOMException } = require('internal/dom_exception');
  throw new DOMException(`Cannot transfer a locked ${name}`, 'DataCloneError');
}

/** Streams alone do not keep the program running. */
function listen(port, handler) {
  port.addEventListener('message', (event) => handler(event.data));
  port.start();
  port.unref();
}

function sendError(port, error) {
  try {
    port.postMessage({ type: 'error', value: error });
  } catch (failure) {
    port.postMessage({ type: 'error', value: failure });
  }
}

/** SetUpCrossRealmTransformReadable */
function readableFrom(port) {
  const { createReadable } = require('internal/webstreams/readable');
  const stream = createReadable(undefined, () => {
    port.postMessage({ type: 'pull' });
    return Promise.resolve();
  }, (reason) => {
    sendError(port, reason);
    port.close();
    return Promise.resolve();
  }, 0);
  const { controller } = stream[kState];
  listen(port, ({ type, value }) => {
    if (type === 'chunk') {
      controller.enqueue(value);
    } else if (type === 'close') {
      controller.close();
      port.close();
    } else {
      controller.error(value);
      port.close();
    }
  });
  return stream;
}

/** SetUpCrossRealmTransformWritable */
function writableTo(port) {
  const { createWritable } = require('internal/webstreams/writable');
  let wanted = Promise.withResolvers();
  const stream = createWritable(undefined, {
    write: (chunk) => upon(wanted.promise, () => {
      wanted = Promise.withResolvers();
      try {
        port.postMessage({ type: 'chunk', value: chunk });
      } catch (error) {
        sendError(port, error);
        port.close();
        throw error;
      }
    }),
    close: () => {
      port.postMessage({ type: 'close' });
      port.close();
      return Promise.resolve();
    },
    abort: (reason) => {
      sendError(port, reason);
      port.close();
      return Promise.resolve();
    },
  });
  listen(port, ({ type, value }) => {
    if (type === 'error') stream[kState].controller.errorIfNeeded(value);
    wanted.resolve();
  });
  return stream;
}

/** What `structuredClone` and `postMessage` are told of a stream whose other end is at `port`. */
function carried(port, name) {
  return { ...port[kTransfer](), deserializeInfo: `internal/webstreams/transfer:${name}` };
}

const newChannel = () => new (require('internal/messaging/port').MessageChannel)();
const toPort = (port) => require('internal/messaging/port').receive(undefined, port);

function moveReadable(stream) {
  refuseLocked(stream.locked, 'ReadableStream');
  const { port1, port2 } = newChannel();
  pipe(stream, writableTo(port1));
  return carried(port2, 'receiveReadable');
}

function moveWritable(stream) {
  refuseLocked(stream.locked, 'WritableStream');
  const { port1, port2 } = newChannel();
  pipe(readableFrom(port1), stream);
  return carried(port2, 'receiveWritable');
}

const receiveReadable = (_data, port) => readableFrom(toPort(port));
const receiveWritable = (_data, port) => writableTo(toPort(port));

module.exports = { moveReadable, moveWritable, receiveReadable, receiveWritable };

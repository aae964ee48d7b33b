'use strict';

// Streams that move to another realm or thread: the two ends of a port carry chunks one way and wishes for more the other
// way (https://streams.spec.whatwg.org/#transferrable-streams).

const { MessageChannel, receive: receivePort } = require('internal/messaging/port');
const { kTransfer } = require('internal/clone_marks');

/** Tells the other end that the stream failed, and ends the channel. */
function fail(port, reason) {
  try {
    port.postMessage({ type: 'error', value: reason });
  } catch (error) {
    port.postMessage({ type: 'error', value: error });
  }
  port.close();
}

/**
 * A stream whose chunks go to the other end (SetUpCrossRealmTransformWritable). With `holds`, waiting for the other end
 * keeps the loop alive.
 */
function writableOver(port, holds) {
  const { WritableStream } = require('internal/webstreams/writable');
  let wanted = Promise.withResolvers();
  const setUp = (controller) => {
    port.on('message', ({ type, value }) => {
      if (type === 'error') {
        controller.error(value);
        port.close();
      }
      if (holds) port.unref();
      wanted.resolve();
    });
    port.unref();
  };
  return new WritableStream({
    start: setUp,
    async write(chunk) {
      if (holds) port.ref();
      await wanted.promise;
      wanted = Promise.withResolvers();
      try {
        port.postMessage({ type: 'chunk', value: chunk });
      } catch (error) {
        fail(port, error);
        throw error;
      }
    },
    close() {
      port.postMessage({ type: 'close', value: undefined });
      port.close();
    },
    abort(reason) {
      fail(port, reason);
    },
  });
}

/** A stream of the chunks from the other end (SetUpCrossRealmTransformReadable); `holds` as above. */
function readableOver(port, holds) {
  const { ReadableStream } = require('internal/webstreams/readable');
  const setUp = (controller) => {
    port.on('message', ({ type, value }) => {
      port.unref();
      if (type === 'chunk') controller.enqueue(value);
      else if (type === 'close') controller.close();
      else controller.error(value);
      if (type !== 'chunk') port.close();
    });
    port.on('messageerror', (error) => {
      fail(port, error);
      controller.error(error);
    });
    port.unref();
  };
  return new ReadableStream({
    start: setUp,
    pull() {
      if (holds) port.ref();
      port.postMessage({ type: 'pull', value: undefined });
    },
    cancel(reason) {
      fail(port, reason);
    },
  }, { highWaterMark: 0 });
}

const refuse = (name) => require('internal/structured_clone').domException(`Cannot transfer a locked ${name}`);

/** What moves in place of a stream: `begin` connects the stream with the end that stays. */
function moved(name, begin) {
  const { port1, port2 } = new MessageChannel();
  const { shared, move } = port2[kTransfer]();
  return {
    data: undefined,
    shared,
    deserializeInfo: `internal/messaging/streams:${name}`,
    move: () => {
      move();
      begin(port1).catch(() => {
        // Both ends have been told.
      });
    },
  };
}

function transferReadable(stream) {
  if (stream.locked) throw refuse('ReadableStream');
  return moved('receiveReadable', (port) => stream.pipeTo(writableOver(port, false)));
}

function transferWritable(stream) {
  if (stream.locked) throw refuse('WritableStream');
  return moved('receiveWritable', (port) => readableOver(port, false).pipeTo(stream));
}

/** Both sides move; the other realm puts them together again. */
function transferTransform(stream) {
  const { readable, writable } = stream;
  if (readable.locked) throw refuse('ReadableStream');
  if (writable.locked) throw refuse('WritableStream');
  return {
    data: { readable, writable },
    nested: [readable, writable],
    shared: undefined,
    deserializeInfo: 'internal/messaging/streams:receiveTransform',
    move: undefined,
  };
}

const receiveReadable = (data, port) => readableOver(receivePort(data, port), true);
const receiveWritable = (data, port) => writableOver(receivePort(data, port), true);
const receiveTransform = (sides) => require('internal/webstreams/transform').fromSides(sides);

module.exports = {
  receiveReadable, receiveTransform, receiveWritable, transferReadable, transferTransform, transferWritable,
};

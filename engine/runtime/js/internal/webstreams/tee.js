'use strict';

// `readableStream.tee()` (https://streams.spec.whatwg.org/#abstract-opdef-readablestreamtee).

const { createReadable, createReadableBytes } = require('internal/webstreams/readable');
const { ByobReaderState, DefaultReaderState } = require('internal/webstreams/readers');
const { kState, upon } = require('internal/webstreams/util');

const tee = (stream) => (stream.isBytes ? teeBytes(stream) : teeValues(stream));

/** The two `cancel` of branches: the stream is cancelled when both are. */
function cancels(stream, canceled) {
  const reasons = [];
  const deferred = Promise.withResolvers();
  const make = (index) => (reason) => {
    canceled[index] = true;
    reasons[index] = reason;
    if (canceled[1 - index]) deferred.resolve(stream.cancel([reasons[0], reasons[1]]));
    return deferred.promise;
  };
  return { cancel1: make(0), cancel2: make(1), deferred };
}

function teeValues(stream) {
  const reader = new DefaultReaderState(stream, false);
  let reading = false;
  let again = false;
  const canceled = [false, false];
  const branches = [];
  const { cancel1, cancel2, deferred } = cancels(stream, canceled);
  const controller = (index) => branches[index][kState].controller;
  const finishUncanceled = () => {
    if (!canceled[0] || !canceled[1]) deferred.resolve();
  };
  const pull = () => {
    if (reading) {
      again = true;
      return Promise.resolve();
    }
    reading = true;
    reader.read({
      chunk(chunk) {
        queueMicrotask(() => {
          again = false;
          if (!canceled[0]) controller(0).enqueue(chunk);
          if (!canceled[1]) controller(1).enqueue(chunk);
          reading = false;
          if (again) pull();
        });
      },
      close() {
        reading = false;
        if (!canceled[0]) controller(0).close();
        if (!canceled[1]) controller(1).close();
        finishUncanceled();
      },
      error() {
        reading = false;
      },
    });
    return Promise.resolve();
  };
  branches.push(createReadable(undefined, pull, cancel1), createReadable(undefined, pull, cancel2));
  upon(reader.closed.promise, undefined, (error) => {
    controller(0).error(error);
    controller(1).error(error);
    finishUncanceled();
  });
  return branches;
}

function teeBytes(stream) {
  let reader = new DefaultReaderState(stream, false);
  let reading = false;
  const again = [false, false];
  const canceled = [false, false];
  const branches = [];
  const { cancel1, cancel2, deferred } = cancels(stream, canceled);
  const controller = (index) => branches[index][kState].controller;
  const finishUncanceled = () => {
    if (!canceled[0] || !canceled[1]) deferred.resolve();
  };

  const watch = (watched) => upon(watched.closed.promise, undefined, (error) => {
    if (watched !== reader) return;
    controller(0).error(error);
    controller(1).error(error);
    finishUncanceled();
  });
  const clone = (chunk) => new Uint8Array(
    chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
  /** A copy of the chunk, or undefined after everything has failed because there can be none. */
  const tryClone = (chunk) => {
    try {
      return clone(chunk);
    } catch (error) {
      controller(0).error(error);
      controller(1).error(error);
      deferred.resolve(stream.cancel(error));
      return undefined;
    }
  };
  const pullAgain = () => {
    reading = false;
    if (again[0]) pull(0);
    else if (again[1]) pull(1);
  };
  const replaceReader = (Reader, isByob) => {
    reader.release();
    reader = new Reader(stream, isByob);
    watch(reader);
  };
  const failed = () => {
    reading = false;
  };

  const pullDefault = () => {
    if (reader.isByob) replaceReader(DefaultReaderState, false);
    reader.read({
      chunk(chunk) {
        queueMicrotask(() => {
          again[0] = again[1] = false;
          let second = chunk;
          if (!canceled[0] && !canceled[1]) second = tryClone(chunk);
          if (second === undefined) return;
          if (!canceled[0]) controller(0).enqueue(chunk);
          if (!canceled[1]) controller(1).enqueue(second);
          pullAgain();
        });
      },
      close() {
        reading = false;
        for (const index of [0, 1]) if (!canceled[index]) controller(index).close();
        for (const index of [0, 1]) if (controller(index).pending.length > 0) controller(index).respond(0);
        finishUncanceled();
      },
      error: failed,
    });
  };
  const pullByob = (view, index) => {
    if (!reader.isByob) replaceReader(ByobReaderState, true);
    const other = 1 - index;
    reader.readInto(view, 1, {
      chunk(chunk) {
        queueMicrotask(() => {
          again[0] = again[1] = false;
          const copy = canceled[other] ? chunk : tryClone(chunk);
          if (copy === undefined) return;
          if (!canceled[index]) controller(index).respondWithNewView(chunk);
          if (!canceled[other]) controller(other).enqueue(copy);
          pullAgain();
        });
      },
      close(chunk) {
        reading = false;
        if (!canceled[index]) controller(index).close();
        if (!canceled[other]) controller(other).close();
        if (chunk !== undefined) {
          if (!canceled[index]) controller(index).respondWithNewView(chunk);
          if (!canceled[other] && controller(other).pending.length > 0) controller(other).respond(0);
        }
        finishUncanceled();
      },
      error: failed,
    });
  };
  const pull = (index) => {
    if (reading) {
      again[index] = true;
      return Promise.resolve();
    }
    reading = true;
    const request = controller(index).byobRequest();
    if (request === null) pullDefault();
    else pullByob(request[kState].view, index);
    return Promise.resolve();
  };
  branches.push(createReadableBytes(() => pull(0), cancel1), createReadableBytes(() => pull(1), cancel2));
  watch(reader);
  return branches;
}

module.exports = { tee };

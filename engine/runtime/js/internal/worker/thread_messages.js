'use strict';

// Messages from any thread to any other
// (https://nodejs.org/api/worker_threads.html#worker_threadspostmessagetothreadthreadid-value-transferlist-timeout).

const { codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { MessageChannel, makePort } = require('internal/messaging/port');
const { threadId: ownId } = require('internal/worker/thread');

// What came of a message.
const DONE = 0;
const NOBODY = 1;
const THREW = 2;

let inbox;

/** Takes messages from other threads, without keeping the loop alive for them. */
function listen() {
  if (inbox !== undefined) return;
  inbox = makePort(ops.thread_inbox());
  inbox.on('message', ({ value, source, reply }) => {
    let result = NOBODY;
    try {
      if (process.emit('workerMessage', value, source)) result = DONE;
    } catch {
      // The sender is told; here nobody is.
      result = THREW;
    }
    reply.postMessage(result);
    reply.close();
  });
  inbox.unref();
}

/** Settles when the other thread's listeners have returned. */
function post(threadId, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = [];
  }
  if (timeout !== undefined) validateNumber(timeout, 'timeout', 0);
  if (threadId === ownId) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  const { port1, port2 } = new MessageChannel();
  return new Promise((fulfil, reject) => {
    let timer;
    const finish = (error) => {
      clearTimeout(timer);
      port1.close();
      if (error === undefined) fulfil();
      else reject(error);
    };
    port1.on('message', (result) => {
      if (result === DONE) finish();
      else if (result === THREW) finish(new codes.ERR_WORKER_MESSAGING_ERRORED());
      else finish(new codes.ERR_WORKER_MESSAGING_FAILED());
    });
    // A thread that ends drops what it has not taken.
    port1.on('close', () => finish(new codes.ERR_WORKER_MESSAGING_FAILED()));
    if (timeout !== undefined) timer = setTimeout(() => finish(new codes.ERR_WORKER_MESSAGING_TIMEOUT()), timeout);
    try {
      const { write } = require('internal/structured_clone');
      const message = { value, source: ownId, reply: port2 };
      const { bytes, parts, buffers } = write(message, [port2, ...(transferList ?? [])]);
      const known = typeof threadId === 'number' && ops.thread_post(threadId, bytes, parts, buffers);
      if (!known) finish(new codes.ERR_WORKER_MESSAGING_FAILED());
    } catch (error) {
      finish(error);
    }
  });
}

module.exports = { listen, post };

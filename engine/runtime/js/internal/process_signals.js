'use strict';

// Signals as events of `process` (https://nodejs.org/api/process.html#signal-events). A signal is watched while somebody
// listens to it, which does not keep the loop alive.

/** Signals that are watched: name → id of the operation. */
const watched = new Map();

// What no process can catch.
const UNCATCHABLE = ['SIGKILL', 'SIGSTOP'];

/** The number of a signal; undefined for any other event. */
function numberOf(event) {
  if (typeof event !== 'string' || !event.startsWith('SIG')) return undefined;
  const { signals } = require('internal/os/constants');
  return Object.hasOwn(signals, event) ? signals[event] : undefined;
}

function refuse() {
  const error = new Error('uv_signal_start EINVAL');
  error.errno = -22;
  error.code = 'EINVAL';
  error.syscall = 'uv_signal_start';
  return error;
}

/** Listener of `newListener`: begins to watch a signal with its first listener. */
function startListeningIfSignal(event) {
  if (event === 'workerMessage') require('internal/worker/thread_messages').listen();
  const number = numberOf(event);
  if (number === undefined || watched.has(event)) return;
  if (UNCATCHABLE.includes(event)) throw refuse();
  const id = ops.signal_watch(number, (error) => {
    if (error === null) process.emit(event, event, number);
  });
  ops.op_refd(id, false);
  watched.set(event, id);
}

/** Listener of `removeListener`: after the last listener the signal does again what it does by default. */
function stopListeningIfSignal(event) {
  const id = watched.get(event);
  if (id === undefined || process.listenerCount(event) > 0) return;
  watched.delete(event);
  ops.op_cancel(id);
}

/** Makes `process` watch the signals that scripts listen to. */
function setUp() {
  process.on('newListener', startListeningIfSignal);
  process.on('removeListener', stopListeningIfSignal);
}

module.exports = { setUp };

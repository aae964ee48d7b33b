'use strict';

// `setTimeout` of sockets: 'timeout' when nothing happened for so long
// (https://nodejs.org/api/net.html#socketsettimeouttimeout-callback).

const { validateFunction, validateNumber } = require('internal/validators');
const timers = require('internal/timers');

const kTimeout = Symbol('timeout');

const MAX = 2 ** 31 - 1;

/** The delay a timer can have. */
function checkDelay(msecs, name) {
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  }
  if (msecs > MAX) {
    process.emitWarning(
      `${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${MAX}.`,
      'TimeoutOverflowWarning',
    );
    return MAX;
  }
  return msecs;
}

/** An unref'd timer that calls `stream._onTimeout`. */
function startTimer(stream, msecs) {
  return timers.startOwn('node:net socketTimeout', () => stream._onTimeout(), msecs);
}

/** `stream.setTimeout`. */
function setStreamTimeout(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  msecs = checkDelay(msecs, 'msecs');
  if (this[kTimeout]) timers.clearTimeout(this[kTimeout]);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (msecs === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback);
  } else {
    this[kTimeout] = startTimer(this, msecs);
    if (callback !== undefined) this.once('timeout', callback);
  }
  return this;
}

/** Starts the clock again. */
function refresh(stream) {
  stream[kTimeout]?.refresh();
}

/** The clock stops for good. */
function stop(stream) {
  if (stream[kTimeout]) timers.clearTimeout(stream[kTimeout]);
  stream[kTimeout] = null;
}

module.exports = { checkDelay, kTimeout, refresh, setStreamTimeout, stop };

'use strict';

// Exceptions that nobody caught (https://nodejs.org/api/process.html#event-uncaughtexception): hand them to the
// script's handlers, or print them and end.

/** A script has put something else in the place of `process._fatalException`. */
const EXIT_NO_HANDLER = 6;
const EXIT_UNCAUGHT = 1;
const EXIT_HANDLER_FAILED = 7;

let captureCallback = null;
/** What `domain`, once it is loaded, does with an error; true when it was some domain's business. */
let domainHandler = null;
/** Of `process.addUncaughtExceptionCaptureCallback`, the newest first. */
const addedCallbacks = [];

/** `process.setUncaughtExceptionCaptureCallback`. */
function setUncaughtExceptionCaptureCallback(callback) {
  const { codes } = require('internal/errors');
  if (callback === null) {
    captureCallback = null;
    return;
  }
  if (typeof callback !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], callback);
  if (captureCallback !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  captureCallback = callback;
}

/** `process.hasUncaughtExceptionCaptureCallback`. */
function hasUncaughtExceptionCaptureCallback() {
  return captureCallback !== null;
}

/** `process.addUncaughtExceptionCaptureCallback`: one that returns true has dealt with the error. */
function addUncaughtExceptionCaptureCallback(fn) {
  require('internal/validators').validateFunction(fn, 'fn');
  addedCallbacks.unshift(fn);
}

function setDomainHandler(handler) {
  domainHandler = handler;
}

/** Whether somebody takes the error before listeners of 'uncaughtException' are asked. */
function isTaken(error) {
  if (domainHandler !== null && domainHandler(error)) return true;
  if (captureCallback !== null) {
    captureCallback(error);
    return true;
  }
  return addedCallbacks.some((callback) => callback(error) === true);
}

/** Whether a stack says itself where its error is, as those of ES modules that do not link. */
function beginsWithPlace(text) {
  return /^\S+:\d+\n/.test(text);
}

/** The text that stands for `error` on standard error. `place` is the source line with a caret, or ''. */
function format(error, place) {
  if (error === null || (typeof error !== 'object' && typeof error !== 'function')) {
    const text = typeof error === 'symbol' ? '' : String(error);
    return `\n${place}${text}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)\n`;
  }
  const { inspect } = require('internal/util/inspect');
  let text;
  try {
    const colors = require('internal/util/colors').shouldColorize(process.stderr);
    text = inspect(error, { colors, depth: 5, customInspect: false });
  } catch {
    text = String(error);
  }
  if (ops.util_is_error(error) && beginsWithPlace(text)) return `${text}\n`;
  if (ops.util_is_error(error)) return place === '' ? `${text}\n` : `${place}\n${text}\n`;
  return `\n${place}${text}\n`;
}

function print(error, place) {
  // An 'error' event that nobody listened to also says where it was emitted.
  const enhanced = require('internal/enhance_stack').enhancedStack(error);
  // That of an error from a worker cannot be assigned to.
  if (enhanced !== undefined && Object.getOwnPropertyDescriptor(error, 'stack')?.writable !== false) error.stack = enhanced;
  const shownPlace = process.sourceMapsEnabled ? require('internal/source_map_cache').mapPlace(place) : place;
  const thrown = ops.error_thrown_at();
  const shownThrown = thrown === undefined || thrown === '' ? '' : `Thrown at:\n${thrown}\n`;
  const version = require('internal/options').isOff('--extra-info-on-fatal-exception') ? '' : `\nNode.js ${process.version}\n`;
  ops.stdio_write(2, `${format(error, shownPlace)}${shownThrown}${version}`);
}

/** Tells what ends the program: in print, or a worker the thread that started it. */
function tell(error, place, isRejection) {
  if (require('internal/worker/thread').isMainThread) print(error, place);
  else require('internal/worker/main').fail(error, isRejection ? '' : place);
}

// Why the program ends, for `ops.process_exit`.
const REASON_EXCEPTION = 1;
const REASON_REJECTION = 2;

/** Whether the script or an option has asked for diagnostic reports. */
const usesReports = () =>
  require('internal/options').isOn('--report-uncaught-exception') || !Object.getOwnPropertyDescriptor(process, 'report')?.get;

/** What has led to an error, in the trace. */
function causeOf(isRejection) {
  return isRejection ? require('internal/rejections').rejectedIn() : require('internal/process_events').BY_WHAT_THREW;
}

/** Ends the program because of `error` with `code`; the script's `exit` listeners run before it is printed. */
function die(code, reason, error, place) {
  if (!process._exiting) {
    process._exiting = true;
    process.exitCode = code;
    try {
      const { emitOwn } = require('internal/process_events');
      const cause = causeOf(reason === REASON_REJECTION);
      emitOwn('exit', [code], false, cause);
    } catch {
      // The program is ending because of an error; a second one changes nothing.
    }
    if (process.exitCode !== undefined) code = Number(process.exitCode);
  }
  if (usesReports()) require('internal/report').onUncaught(error);
  tell(error, place, reason === REASON_REJECTION);
  require('internal/at_exit').runAtExit();
  ops.inspect_exception(error);
  ops.process_exit(code, reason);
}

/**
 * The engine calls this with an exception that reached it. `fromPromise` says that it was an unhandled rejection.
 * Returns true when the script goes on.
 */
function uncaught(error, fromPromise, place) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  // A rejection was reported as such.
  if (!fromPromise) ops.trace_exception(error);
  if (process.listenerCount('uncaughtExceptionMonitor') > 0) {
    process.emit('uncaughtExceptionMonitor', error, origin);
  }
  if (isTaken(error)) return true;
  if (typeof process._fatalException !== 'function') {
    die(EXIT_NO_HANDLER, REASON_EXCEPTION, error, place);
    return false;
  }
  const { emitOwn } = require('internal/process_events');
  if (emitOwn('uncaughtException', [error, origin], false, causeOf(fromPromise))) return true;
  die(EXIT_UNCAUGHT, fromPromise ? REASON_REJECTION : REASON_EXCEPTION, error, place);
  return false;
}

/** The engine calls this with an exception that a handler threw: the program ends without `exit` listeners. */
function handlerFailed(error, place) {
  ops.trace_exception(error);
  tell(error, place, false);
  require('internal/at_exit').runAtExit();
  ops.inspect_exception(error);
  ops.process_exit(EXIT_HANDLER_FAILED, REASON_EXCEPTION);
}

module.exports = {
  addUncaughtExceptionCaptureCallback,
  handlerFailed,
  hasUncaughtExceptionCaptureCallback,
  setDomainHandler,
  setUncaughtExceptionCaptureCallback,
  uncaught,
};

'use strict';

// Promises that were rejected without a handler (https://nodejs.org/api/process.html#event-unhandledrejection).

const { ASYNC_CONTEXT, REJECTIONS, TRACING } = require('internal/flags');

const { flags } = ops;

// What V8 reports about a promise.
const REJECTED_WITHOUT_HANDLER = 0;
const HANDLER_ADDED_LATER = 1;

/** Rejected promises whose turn to be reported has not come: promise → [reason, task in the trace]. */
let waiting = new Map();
/** Promises that were reported as unhandled. */
const reported = new WeakSet();
/** Reported promises that got a handler later. */
let handledLater = [];
/** The callback in which the promise was rejected that is being reported. */
let reporting = 0;
let lastUid = 0;
const uids = new WeakMap();

/** The engine calls this whenever V8 sees a rejection without handler, or a handler that came later. */
function promiseRejected(kind, promise, reason, task) {
  if (kind === REJECTED_WITHOUT_HANDLER) {
    lastUid += 1;
    uids.set(promise, lastUid);
    const context = flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get();
    waiting.set(promise, [reason, task, context]);
    flags[REJECTIONS] = 1;
  } else if (kind === HANDLER_ADDED_LATER) {
    if (waiting.delete(promise)) return;
    if (reported.delete(promise)) {
      handledLater.push(promise);
      flags[REJECTIONS] = 1;
    }
  }
}

/** What is thrown for a reason that is no error. */
function toError(reason) {
  // Errors that came from another thread are objects that look like errors.
  if (ops.util_is_error(reason) || (reason !== null && typeof reason === 'object' && Object.hasOwn(reason, 'stack'))) return reason;
  class UnhandledPromiseRejection extends Error {
    constructor() {
      super('This error originated either by throwing inside of an async function without a catch block, ' +
        'or by rejecting a promise which was not handled with .catch(). ' +
        `The promise rejected with the reason "${ops.util_detail_text(reason)}".`);
      this.code = 'ERR_UNHANDLED_REJECTION';
    }
  }
  Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', {
    value: 'UnhandledPromiseRejection', configurable: true, writable: true,
  });
  return new UnhandledPromiseRejection();
}

function warnUnhandled(promise, reason) {
  const uid = uids.get(promise);
  const name = 'UnhandledPromiseRejectionWarning';
  // What only looks like an error has a stack, too.
  const looksLikeError = ops.util_is_error(reason) ||
    (reason !== null && typeof reason === 'object' && Object.hasOwn(reason, 'stack'));
  const stack = looksLikeError && typeof reason.stack === 'string' ? reason.stack : undefined;
  process.emitWarning(stack ?? ops.util_detail_text(reason), name);
  const note = new Error('Unhandled promise rejection. This error originated either by ' +
    'throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). ' +
    'To terminate the node process on unhandled promise ' +
    'rejection, use the CLI flag `--unhandled-rejections=strict` (see ' +
    'https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). ' +
    `(rejection id: ${uid})`);
  note.name = name;
  note.stack = stack ?? `${name}: ${note.message}`;
  process.emitWarning(note);
}

/** Asks the domain in which it was rejected, if there is one, else the process. */
function isHandledByScript(promise, reason) {
  const { domain } = process;
  if (domain) {
    // Its handler runs outside of it.
    process.domain = undefined;
    return domain.emit('error', reason);
  }
  return require('internal/process_events').emitOwn('unhandledRejection', [reason, promise], true, reporting);
}

/** What `--unhandled-rejections` selects. */
const modes = {
  throw(promise, reason) {
    if (!isHandledByScript(promise, reason)) ops.trigger_uncaught(toError(reason), true);
  },
  strict(promise, reason) {
    ops.trigger_uncaught(toError(reason), true);
    if (!isHandledByScript(promise, reason)) warnUnhandled(promise, reason);
  },
  warn(promise, reason) {
    isHandledByScript(promise, reason);
    warnUnhandled(promise, reason);
  },
  none(promise, reason) {
    isHandledByScript(promise, reason);
  },
  'warn-with-error-code'(promise, reason) {
    if (!isHandledByScript(promise, reason)) {
      warnUnhandled(promise, reason);
      process.exitCode = 1;
    }
  },
};

/** Reports what waits; returns whether ticks or microtasks may have come of it. */
function processRejections() {
  let ran = false;
  while (handledLater.length > 0) {
    const promise = handledLater.shift();
    ran = true;
    if (!process.emit('rejectionHandled', promise) && modeName() !== 'none' && modeName() !== 'throw') {
      process.emitWarning(`Promise rejection was handled asynchronously (rejection id: ${uids.get(promise)})`,
        'PromiseRejectionHandledWarning');
    }
  }
  while (waiting.size > 0) {
    const now = waiting;
    waiting = new Map();
    for (const [promise, [reason, task, context]] of now) {
      ran = true;
      now.delete(promise);
      reported.add(promise);
      if (flags[TRACING] !== 0) ops.trace_rejection(task, reason);
      ops.inspect_rejection(task, reason);
      if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(context);
      reporting = task;
      let threw = true;
      try {
        modes[modeName()](promise, reason);
        threw = false;
      } finally {
        // The rest is reported in the next round. (A `catch` would lose where the error was thrown.)
        if (threw) for (const [other, entry] of now) waiting.set(other, entry);
      }
    }
  }
  flags[REJECTIONS] = 0;
  return ran;
}

let mode;
function modeName() {
  mode ??= ops.option_unhandled_rejections();
  return mode;
}

/** The callback that has rejected the promise which is being reported, in the trace. */
const rejectedIn = () => reporting;

module.exports = { processRejections, promiseRejected, rejectedIn };

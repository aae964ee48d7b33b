'use strict';

// `fsPromises.watch` (https://nodejs.org/api/fs.html#fspromiseswatchfilename-options).

const { AbortError, UVException, codes } = require('internal/errors');
const {
  validateAbortSignal,
  validateBoolean,
  validateInteger,
  validateObject,
  validateOneOf,
} = require('internal/validators');
const { toPath } = require('internal/fs/arguments');
const { FSEvent, checkIgnore, ownerSymbol, toIgnoreMatcher } = require('internal/fs/watch');

const NOBODY = { listeners: () => [] };
const MAX_QUEUE = 2048;

function checkOptions(options) {
  validateObject(options, 'options');
  const {
    persistent = true, recursive = false, encoding = 'utf8', maxQueue = MAX_QUEUE, overflow = 'ignore', signal, ignore,
  } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'error']);
  validateAbortSignal(signal, 'options.signal');
  checkIgnore(ignore);
  if (encoding && encoding !== 'buffer' && !require('buffer').Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
  return { persistent, recursive, encoding, maxQueue, overflow, signal, ignore };
}

/** What happens to a file or folder, event by event. */
async function* watch(filename, options = {}) {
  const path = toPath(filename);
  const { persistent, recursive, encoding, maxQueue, overflow, signal, ignore } = checkOptions(options);
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const isIgnored = toIgnoreMatcher(ignore);
  const handle = new FSEvent();
  handle[ownerSymbol] = NOBODY;
  const events = [];
  let { promise, resolve, reject } = Promise.withResolvers();
  const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
  handle.onchange = (status, eventType, name) => {
    if (status < 0) {
      const error = new UVException({ errno: status, syscall: 'watch', path: filename });
      error.filename = filename;
      handle.close();
      reject(error);
      return;
    }
    if (name !== null && isIgnored?.(String(name))) return;
    if (events.length < maxQueue) {
      events.push({ __proto__: null, eventType, filename: name });
      resolve();
    } else if (overflow === 'ignore') {
      process.emitWarning('fs.watch maxQueue exceeded');
    } else {
      reject(new codes.ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue));
    }
  };
  // The rejection may come while nobody waits; the next turn of the loop below sees it.
  const quiet = () => {};
  promise.catch(quiet);
  if (!persistent) handle.setRef(false);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    start(handle, path, recursive, encoding);
    while (!signal?.aborted) {
      await promise;
      while (events.length > 0) yield events.shift();
      ({ promise, resolve, reject } = Promise.withResolvers());
      promise.catch(quiet);
    }
    throw new AbortError(undefined, { cause: signal.reason });
  } finally {
    handle.close();
    signal?.removeEventListener('abort', abort);
  }
}

function start(handle, path, recursive, encoding) {
  try {
    handle.start(path, recursive, encoding);
  } catch (failed) {
    if (failed.syscall !== 'watch') throw failed;
    const error = new UVException({ errno: failed.errno, syscall: 'watch', path: failed.path });
    error.filename = failed.path;
    throw error;
  }
}

module.exports = { watch };

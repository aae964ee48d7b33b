'use strict';

// Piping (https://streams.spec.whatwg.org/#readable-stream-pipe-to).

const { DefaultReaderState } = require('internal/webstreams/readers');
const { WriterState } = require('internal/webstreams/writable_state');
const { invalidState, nothing, upon } = require('internal/webstreams/util');

/** Pipes until one side is done; the promise is that of `pipeTo`. */
function pipe(source, destination, { preventAbort, preventCancel, preventClose, signal }) {
  const reader = new DefaultReaderState(source, false);
  const writer = new WriterState(destination);
  source.disturbed = true;
  const { promise, resolve, reject } = Promise.withResolvers();
  let shuttingDown = false;
  let lastWrite;
  let onAbort;

  const finalize = (isError, error) => {
    writer.release();
    reader.release();
    if (signal !== undefined) signal.removeEventListener('abort', onAbort);
    if (isError) reject(error);
    else resolve(undefined);
  };
  /** Calls back when all that was read has been written; more may be written meanwhile. */
  const afterWrites = (act) => {
    const seen = lastWrite;
    if (seen === undefined) act();
    else upon(seen, () => (seen === lastWrite ? act() : afterWrites(act)));
  };
  const shutDown = (action, isError = false, error = undefined) => {
    if (shuttingDown) return;
    shuttingDown = true;
    const act = () => {
      if (action === undefined) finalize(isError, error);
      else upon(action(), () => finalize(isError, error), (failure) => finalize(true, failure));
    };
    if (destination.state === 'writable' && !destination.closeQueuedOrInFlight()) afterWrites(act);
    else act();
  };

  if (signal !== undefined) {
    onAbort = () => {
      const { reason } = signal;
      const actions = [];
      if (!preventAbort) {
        actions.push(() => (destination.state === 'writable' ? destination.abort(reason) : Promise.resolve()));
      }
      if (!preventCancel) {
        actions.push(() => (source.state === 'readable' ? source.cancel(reason) : Promise.resolve()));
      }
      shutDown(() => Promise.all(actions.map((action) => action())), true, reason);
    };
    if (signal.aborted) {
      onAbort();
      return promise;
    }
    signal.addEventListener('abort', onAbort);
  }

  const sourceErrored = () => {
    const error = source.storedError;
    if (!preventAbort) shutDown(() => destination.abort(error), true, error);
    else shutDown(undefined, true, error);
  };
  const destinationErrored = () => {
    const error = destination.storedError;
    if (!preventCancel) shutDown(() => source.cancel(error), true, error);
    else shutDown(undefined, true, error);
  };
  const sourceClosed = () => {
    if (!preventClose) shutDown(() => writer.closeWithErrorPropagation());
    else shutDown();
  };

  if (source.state === 'errored') sourceErrored();
  else upon(reader.closed.promise, undefined, sourceErrored);
  if (destination.state === 'errored') destinationErrored();
  else upon(writer.closed.promise, undefined, destinationErrored);
  if (source.state === 'closed') sourceClosed();
  else upon(reader.closed.promise, sourceClosed, nothing);
  if (destination.closeQueuedOrInFlight() || destination.state === 'closed') {
    const error = invalidState('Destination WritableStream is closed');
    if (!preventCancel) shutDown(() => source.cancel(error), true, error);
    else shutDown(undefined, true, error);
  }

  const loop = () => upon(writer.ready.promise, () => {
    if (shuttingDown) return;
    reader.read({
      chunk(chunk) {
        lastWrite = upon(writer.write(chunk), nothing, nothing);
        loop();
      },
      close: nothing,
      error: nothing,
    });
  }, nothing);
  loop();
  return promise;
}

module.exports = { pipe };

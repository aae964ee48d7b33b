'use strict';

// The end of a stream: `destroy`, errors and 'close', and the asynchronous beginning of `_construct`
// (https://nodejs.org/api/stream.html#implementing-a-writable-stream). Here as in the other files of streams, functions
// that run in a tick of their own have the names that Node's stack traces show.

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const { kState, kConstructed } = require('internal/streams/flags');
const { isDestroyed, isFinished, isRequest, isServerRequest, kIsDestroyed } = require('internal/streams/utils');

const kDestroy = Symbol('kDestroy');
const kOnConstructed = Symbol('kOnConstructed');

/** Keeps the first error of a stream, in both directions. */
function note(error, wState, rState) {
  if (!error) return;
  // V8 keeps more alive for a stack whose text was not made yet.
  void error.stack;
  if (wState && !wState.errored) wState.errored = error;
  if (rState && !rState.errored) rState.errored = error;
}

/** `stream.destroy` of Readable and Duplex, and what that of Writable ends in. */
function destroy(err, cb) {
  const { _readableState: rState, _writableState: wState } = this;
  const state = wState || rState;
  if (wState?.destroyed || rState?.destroyed) {
    if (typeof cb === 'function') cb();
    return this;
  }
  note(err, wState, rState);
  if (wState) wState.destroyed = true;
  if (rState) rState.destroyed = true;

  // What is not constructed yet can only be destroyed after that.
  if ((state[kState] & kConstructed) === 0) {
    this.once(kDestroy, (failed) => runDestroy(this, aggregateTwoErrors(failed, err), cb));
  } else {
    runDestroy(this, err, cb);
  }
  return this;
}

function runDestroy(stream, error, callback) {
  let called = false;
  function onDestroy(err) {
    if (called) return;
    called = true;
    const { _readableState: rState, _writableState: wState } = stream;
    note(err, wState, rState);
    if (wState) wState.closed = true;
    if (rState) rState.closed = true;
    if (typeof callback === 'function') callback(err);
    if (err) process.nextTick(emitErrorCloseNT, stream, err);
    else process.nextTick(emitCloseNT, stream);
  }
  try {
    stream._destroy(error || null, onDestroy);
  } catch (err) {
    onDestroy(err);
  }
}

function emitErrorCloseNT(stream, error) {
  emitErrorNT(stream, error);
  emitCloseNT(stream);
}

function emitCloseNT(stream) {
  const { _readableState: rState, _writableState: wState } = stream;
  if (wState) wState.closeEmitted = true;
  if (rState) rState.closeEmitted = true;
  if (wState?.emitClose || rState?.emitClose) stream.emit('close');
}

function emitErrorNT(stream, error) {
  const { _readableState: rState, _writableState: wState } = stream;
  if (wState?.errorEmitted || rState?.errorEmitted) return;
  if (wState) wState.errorEmitted = true;
  if (rState) rState.errorEmitted = true;
  stream.emit('error', error);
}

/** `stream._undestroy`: as if it were new. */
function undestroy() {
  const { _readableState: rState, _writableState: wState } = this;
  if (rState) {
    rState.constructed = true;
    rState.closed = false;
    rState.closeEmitted = false;
    rState.destroyed = false;
    rState.errored = null;
    rState.errorEmitted = false;
    rState.reading = false;
    rState.ended = rState.readable === false;
    rState.endEmitted = rState.readable === false;
  }
  if (wState) {
    wState.constructed = true;
    wState.destroyed = false;
    wState.closed = false;
    wState.closeEmitted = false;
    wState.errored = null;
    wState.errorEmitted = false;
    wState.finalCalled = false;
    wState.prefinished = false;
    wState.ended = wState.writable === false;
    wState.ending = wState.writable === false;
    wState.finished = wState.writable === false;
  }
}

/** A stream failed: destroys it, or only emits the error where `autoDestroy` is off. */
function errorOrDestroy(stream, error, isSync) {
  const { _readableState: rState, _writableState: wState } = stream;
  if (wState?.destroyed || rState?.destroyed) return;
  if (rState?.autoDestroy || wState?.autoDestroy) {
    stream.destroy(error);
    return;
  }
  if (!error) return;
  note(error, wState, rState);
  if (isSync) process.nextTick(emitErrorNT, stream, error);
  else emitErrorNT(stream, error);
}

/** Starts `_construct`, if there is one; `callback` runs when it is done. Of a Duplex it is called twice. */
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  const { _readableState: rState, _writableState: wState } = stream;
  if (rState) rState.constructed = false;
  if (wState) wState.constructed = false;
  const waiting = stream[kOnConstructed];
  if (waiting !== undefined) {
    waiting.push(callback);
    return;
  }
  Object.defineProperty(stream, kOnConstructed, { __proto__: null, value: [callback], configurable: true });
  process.nextTick(constructNT, stream);
}

function constructNT(stream) {
  let called = false;
  function onConstruct(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const { _readableState: rState, _writableState: wState } = stream;
    const state = wState || rState;
    if (rState) rState.constructed = true;
    if (wState) wState.constructed = true;
    if (state.destroyed) stream.emit(kDestroy, error);
    else if (error) errorOrDestroy(stream, error, true);
    else finishConstruct(stream);
  }
  try {
    stream._construct((error) => {
      process.nextTick(onConstruct, error);
    });
  } catch (error) {
    process.nextTick(onConstruct, error);
  }
}

function finishConstruct(stream) {
  const waiting = stream[kOnConstructed];
  delete stream[kOnConstructed];
  for (const callback of waiting) callback();
}

/** Ends any kind of stream, in its own way; without an error, as aborted if it was not done. */
function destroyer(stream, err) {
  if (!stream || isDestroyed(stream)) return;
  if (!err && !isFinished(stream)) err = new AbortError();
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(err);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(err);
  } else if (typeof stream.close === 'function') {
    // What only has `close` does not say why.
    stream.close();
  } else if (err) {
    process.nextTick(() => stream.emit('error', err));
  } else {
    process.nextTick(() => stream.emit('close'));
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

module.exports = { construct, destroy, destroyer, errorOrDestroy, undestroy };

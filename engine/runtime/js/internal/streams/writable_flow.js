'use strict';

// What happens between `write` and 'finish': the end of a write, what is buffered, and the end of it all.

const { codes } = require('internal/errors');
const { errorOrDestroy } = require('internal/streams/destroy');
const {
  kState, kCloseEmitted, kConstructed, kDestroyed, kErrorEmitted, kErrored, kObjectMode,
} = require('internal/streams/flags');
const {
  kAfterWritePending, kAfterWriteTickInfo, kAfterWriteTickInfoValue, kAllBuffers, kAllNoop, kBufferProcessing,
  kBuffered, kBufferedValue, kCorked, kEnding, kExpectWriteCb, kFinalCalled, kFinished, kNeedDrain, kOnFinished,
  kOnFinishedValue, kPrefinished, kSync, kWriteCb, kWriteCbValue, kWriting, nop,
} = require('internal/streams/writable_state');

/** Written entries of the buffer are cut off once there are this many. */
const WRITTEN_MAX = 256;

/** What a stream gives to its `_write` as callback. */
function makeOnWrite(stream) {
  return (error) => onwrite(stream, error);
}

function onwrite(stream, error) {
  const state = stream._writableState;
  if ((state[kState] & kExpectWriteCb) === 0) {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  const isSync = (state[kState] & kSync) !== 0;
  const callback = (state[kState] & kWriteCb) !== 0 ? state[kWriteCbValue] : nop;
  state[kWriteCbValue] = null;
  state[kState] &= ~(kWriting | kExpectWriteCb | kWriteCb);
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    // V8 keeps more alive for a stack whose text was not made yet.
    void error.stack;
    if ((state[kState] & kErrored) === 0) state.errored = error;
    // The other direction of a Duplex gives no more data either.
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error;
    if (isSync) process.nextTick(onwriteError, stream, state, error, callback);
    else onwriteError(stream, state, error, callback);
    return;
  }

  if ((state[kState] & kBuffered) !== 0) clearBuffer(stream, state);
  if (isSync) afterWriteLater(stream, state, callback);
  else afterWrite(stream, state, 1, callback);
}

/** The end of a write that ended before `write` returned: later, and once for many with the same callback. */
function afterWriteLater(stream, state, callback) {
  // Of bytes, Node lets a tick be where nobody waits for one.
  if (callback === nop && (state[kState] & kObjectMode) === 0) {
    const needsDrain = (state[kState] & kNeedDrain) !== 0 && state.length === 0;
    const isTold = !needsDrain && (state[kState] & kDestroyed) === 0;
    if (isTold || (state[kState] & kAfterWritePending) !== 0) {
      state.pendingcb -= 1;
      if ((state[kState] & kEnding) !== 0) finishMaybe(stream, state, true);
    } else {
      state[kState] |= kAfterWritePending;
      process.nextTick(afterWrite, stream, state, 1, callback);
    }
    return;
  }
  if ((state[kState] & kAfterWriteTickInfo) !== 0 && state[kAfterWriteTickInfoValue].callback === callback) {
    state[kAfterWriteTickInfoValue].count += 1;
    return;
  }
  state[kAfterWriteTickInfoValue] = { count: 1, callback, stream, state };
  process.nextTick(afterWriteTick, state[kAfterWriteTickInfoValue]);
  state[kState] |= kAfterWritePending | kAfterWriteTickInfo;
}

function afterWriteTick({ stream, state, count, callback }) {
  state[kState] &= ~kAfterWriteTickInfo;
  state[kAfterWriteTickInfoValue] = null;
  afterWrite(stream, state, count, callback);
}

function afterWrite(stream, state, count, callback) {
  state[kState] &= ~kAfterWritePending;
  const isDrained = (state[kState] & (kEnding | kNeedDrain | kDestroyed)) === kNeedDrain && state.length === 0;
  if (isDrained) {
    state[kState] &= ~kNeedDrain;
    stream.emit('drain');
  }
  for (let i = 0; i < count; i++) {
    state.pendingcb -= 1;
    callback(null);
  }
  if ((state[kState] & kDestroyed) !== 0) errorBuffer(state);
  if ((state[kState] & kEnding) !== 0) finishMaybe(stream, state, true);
}

function onwriteError(stream, state, error, callback) {
  state.pendingcb -= 1;
  callback(error);
  // The other writes fail before the stream says so.
  errorBuffer(state);
  errorOrDestroy(stream, error);
}

/** Tells everyone who still waits that it will not happen. */
function errorBuffer(state) {
  if ((state[kState] & kWriting) !== 0) return;
  if ((state[kState] & kBuffered) !== 0) {
    for (let i = state.bufferedIndex; i < state[kBufferedValue].length; i++) {
      const { chunk, callback } = state[kBufferedValue][i];
      state.length -= (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
      callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
    }
  }
  callOnFinished(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

function callOnFinished(state, error) {
  if ((state[kState] & kOnFinished) === 0) return;
  const callbacks = state[kOnFinishedValue];
  state[kOnFinishedValue] = null;
  state[kState] &= ~kOnFinished;
  for (const callback of callbacks) callback(error);
}

function resetBuffer(state) {
  state[kBufferedValue] = null;
  state.bufferedIndex = 0;
  state[kState] |= kAllBuffers | kAllNoop;
  state[kState] &= ~kBuffered;
}

function doWrite(stream, state, isMany, length, chunk, encoding, callback) {
  state.writelen = length;
  if (callback !== nop) {
    state[kWriteCbValue] = callback;
    state[kState] |= kWriteCb;
  }
  state[kState] |= kWriting | kSync | kExpectWriteCb;
  if ((state[kState] & kDestroyed) !== 0) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else if (isMany) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state[kState] &= ~kSync;
}

/** Writes what is buffered: all of it where `_writev` can, otherwise as much as is taken at once. */
function clearBuffer(stream, state) {
  const blocked = kDestroyed | kBufferProcessing | kCorked;
  if ((state[kState] & (blocked | kBuffered | kConstructed)) !== (kBuffered | kConstructed)) return;
  const buffered = state[kBufferedValue];
  let index = state.bufferedIndex;
  const count = buffered.length - index;
  if (count === 0) return;

  state[kState] |= kBufferProcessing;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const callback = (state[kState] & kAllNoop) !== 0 ? nop : (error) => {
      for (let i = index; i < buffered.length; i++) buffered[i].callback(error);
    };
    // A copy if the entries are still needed for their callbacks.
    const chunks = (state[kState] & kAllNoop) !== 0 && index === 0 ? buffered : buffered.slice(index);
    chunks.allBuffers = state.allBuffers;
    doWrite(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[index];
      buffered[index] = null;
      index += 1;
      const length = (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
      doWrite(stream, state, false, length, chunk, encoding, callback);
    } while (index < buffered.length && (state[kState] & kWriting) === 0);
    if (index === buffered.length) {
      resetBuffer(state);
    } else if (index > WRITTEN_MAX) {
      buffered.splice(0, index);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = index;
    }
  }
  state[kState] &= ~kBufferProcessing;
}

// ---- the end ----

function needFinish(state) {
  const wanted = kEnding | kConstructed;
  const unwanted =
    kDestroyed | kErrored | kBuffered | kFinished | kWriting | kErrorEmitted | kCloseEmitted;
  return (state[kState] & (wanted | unwanted)) === wanted && state.length === 0;
}

/** Finishes the stream if everything is written and told. */
function finishMaybe(stream, state, isSync) {
  if (!needFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (isSync) {
    state.pendingcb += 1;
    process.nextTick(finishLater, stream, state);
  } else if (needFinish(state)) {
    state.pendingcb += 1;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (needFinish(state)) finish(stream, state);
  else state.pendingcb -= 1;
}

function prefinish(stream, state) {
  if ((state[kState] & (kPrefinished | kFinalCalled)) !== 0) return;
  if (typeof stream._final === 'function' && (state[kState] & kDestroyed) === 0) {
    state[kState] |= kFinalCalled;
    callFinal(stream, state);
  } else {
    state[kState] |= kPrefinished;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  function onFinish(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb -= 1;
    if (error) {
      callOnFinished(state, error);
      errorOrDestroy(stream, error, (state[kState] & kSync) !== 0);
    } else if (needFinish(state)) {
      state[kState] |= kPrefinished;
      stream.emit('prefinish');
      // Counted, so that no other way leads to the end before the tick.
      state.pendingcb += 1;
      process.nextTick(finish, stream, state);
    }
  }
  state[kState] |= kSync;
  state.pendingcb += 1;
  try {
    stream._final(onFinish);
  } catch (error) {
    onFinish(error);
  }
  state[kState] &= ~kSync;
}

function finish(stream, state) {
  state.pendingcb -= 1;
  state[kState] |= kFinished;
  callOnFinished(state, null);
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const rState = stream._readableState;
  // Of a Duplex, the last of the two directions destroys.
  if (!rState || (rState.autoDestroy && (rState.endEmitted || rState.readable === false))) stream.destroy();
}

module.exports = { clearBuffer, errorBuffer, finishMaybe, makeOnWrite };

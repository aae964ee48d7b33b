'use strict';

// How a Readable is made to flow: listeners, `pause` and `resume`, `pipe` and `unpipe`
// (https://nodejs.org/api/stream.html#two-reading-modes).

const { Stream, prependListener } = require('internal/streams/legacy');
const { errorOrDestroy } = require('internal/streams/destroy');
const { kDestroyed, kState } = require('internal/streams/flags');
const {
  kDataListening, kEmittedReadable, kEndEmitted, kEnded, kFlowing, kHasFlowing, kHasPaused, kMultiAwaitDrain, kNeedReadable,
  kPaused, kReadableListening, kReading, kResumeScheduled, kSync,
} = require('internal/streams/readable_state');
const { emitReadable, flow } = require('internal/streams/readable');

function on(ev, fn) {
  const result = Stream.prototype.on.call(this, ev, fn);
  const state = this._readableState;
  if (ev === 'data') {
    state[kState] |= kDataListening;
    state.readableListening = this.listenerCount('readable') > 0;
    // Listening makes it flow, unless it was paused explicitly.
    if (state.flowing !== false) this.resume();
  } else if (ev === 'readable' && (state[kState] & (kEndEmitted | kReadableListening)) === 0) {
    state[kState] |= kReadableListening | kNeedReadable | kHasFlowing;
    state[kState] &= ~(kFlowing | kEmittedReadable);
    // An end that came before anything was read, nobody was told of.
    const isUntoldEnd = (state[kState] & (kEnded | kSync)) === (kEnded | kSync);
    if (state.length > 0 || isUntoldEnd) emitReadable(this);
    // Reading nothing is what brings 'end' when there is nothing to read.
    if (state.length > 0) return result;
    if ((state[kState] & kReading) === 0) process.nextTick(nReadingNextTick, this);
  }
  return result;
}

function nReadingNextTick(stream) {
  stream.read(0);
}

function removeListener(ev, fn) {
  const result = Stream.prototype.removeListener.call(this, ev, fn);
  if (ev === 'readable') {
    // Not at once: often the same function listens again in a moment.
    process.nextTick(updateReadableListening, this);
  } else if (ev === 'data' && this.listenerCount('data') === 0) {
    this._readableState[kState] &= ~kDataListening;
  }
  return result;
}

function removeAllListeners(...args) {
  const result = Stream.prototype.removeAllListeners.apply(this, args);
  if (args[0] === 'readable' || args[0] === undefined) process.nextTick(updateReadableListening, this);
  if (args[0] === 'data' || args[0] === undefined) this._readableState[kState] &= ~kDataListening;
  return result;
}

function updateReadableListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if ((state[kState] & (kHasPaused | kPaused | kResumeScheduled)) === (kHasPaused | kResumeScheduled)) {
    // `resume` was called meanwhile.
    state.flowing = true;
  } else if (stream.listenerCount('data') > 0) {
    stream.resume();
  } else if ((state[kState] & kReadableListening) === 0) {
    state.flowing = null;
  }
}

function resume() {
  const state = this._readableState;
  // What is over does not go on.
  if ((state[kState] & (kDestroyed | kEndEmitted)) !== 0) return this;
  if ((state[kState] & kFlowing) === 0) {
    // A listener of 'readable' has the reading to itself.
    state.flowing = (state[kState] & kReadableListening) === 0;
    if ((state[kState] & kResumeScheduled) === 0) {
      state[kState] |= kResumeScheduled;
      process.nextTick(resume_, this, state);
    }
  }
  state[kState] |= kHasPaused;
  state[kState] &= ~kPaused;
  return this;
}

function resume_(stream, state) {
  if ((state[kState] & kReading) === 0) stream.read(0);
  state[kState] &= ~kResumeScheduled;
  stream.emit('resume');
  flow(stream);
  if ((state[kState] & (kFlowing | kReading)) === kFlowing) stream.read(0);
}

function pause() {
  const state = this._readableState;
  // What is over does not pause.
  if ((state[kState] & (kDestroyed | kEndEmitted)) !== 0) return this;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state[kState] |= kHasPaused | kPaused;
  return this;
}

function isPaused() {
  const state = this._readableState;
  return (state[kState] & kPaused) !== 0 || (state[kState] & (kHasFlowing | kFlowing)) === kHasFlowing;
}

// ---- pipes ----

function pipe(dest, pipeOpts) {
  const source = this;
  const state = this._readableState;
  if (state.pipes.length === 1 && (state[kState] & kMultiAwaitDrain) === 0) {
    state[kState] |= kMultiAwaitDrain;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);

  const endsDest = (!pipeOpts || pipeOpts.end !== false) && !isStandardOutput(dest);
  const onSourceEnd = endsDest ? onend : unpipe;
  if ((state[kState] & kEndEmitted) !== 0) process.nextTick(onSourceEnd);
  else source.once('end', onSourceEnd);

  dest.on('unpipe', onunpipe);
  function onunpipe(readable, unpipeInfo) {
    if (readable !== source || !unpipeInfo || unpipeInfo.hasUnpiped !== false) return;
    unpipeInfo.hasUnpiped = true;
    cleanUp();
  }
  function onend() {
    dest.end();
  }

  let ondrain;
  let isCleanedUp = false;
  function cleanUp() {
    dest.removeListener('close', onclose);
    dest.removeListener('finish', onfinish);
    if (ondrain) dest.removeListener('drain', ondrain);
    dest.removeListener('error', onerror);
    dest.removeListener('unpipe', onunpipe);
    source.removeListener('end', onend);
    source.removeListener('end', unpipe);
    source.removeListener('data', ondata);
    isCleanedUp = true;
    // It will not say any more that it has room; others may wait for that.
    if (ondrain && state.awaitDrainWriters && (!dest._writableState || dest._writableState.needDrain)) ondrain();
  }

  function wait() {
    // `write` may have unpiped.
    if (!isCleanedUp) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state[kState] &= ~kMultiAwaitDrain;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (!ondrain) {
      ondrain = () => goOn(source, dest);
      dest.on('drain', ondrain);
    }
  }

  source.on('data', ondata);
  function ondata(chunk) {
    let isRoom;
    try {
      isRoom = dest.write(chunk);
    } catch (error) {
      dest.destroy(error);
      return;
    }
    if (isRoom === false) wait();
  }

  function onerror(error) {
    unpipe();
    dest.removeListener('error', onerror);
    if (dest.listenerCount('error') > 0) return;
    const destState = dest._writableState || dest._readableState;
    // Nobody else listens: it is an unhandled 'error' event.
    if (destState && !destState.errorEmitted) errorOrDestroy(dest, error);
    else dest.emit('error', error);
  }
  prependListener(dest, 'error', onerror);

  function onclose() {
    dest.removeListener('finish', onfinish);
    unpipe();
  }
  dest.once('close', onclose);
  function onfinish() {
    dest.removeListener('close', onclose);
    unpipe();
  }
  dest.once('finish', onfinish);

  function unpipe() {
    source.unpipe(dest);
  }

  dest.emit('pipe', source);
  if (dest.writableNeedDrain === true) wait();
  else if ((state[kState] & kFlowing) === 0) source.resume();
  return dest;
}

/** `process.stdout` and `process.stderr`, without making them. */
function isStandardOutput(dest) {
  return dest._isStdio === true && (dest === process.stdout || dest === process.stderr);
}

function goOn(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
  else if ((state[kState] & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.delete(dest);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) {
    source.resume();
  }
}

function unpipe(dest) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!dest) {
    const dests = state.pipes;
    state.pipes = [];
    this.pause();
    for (const each of dests) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const index = state.pipes.indexOf(dest);
  if (index === -1) return this;
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
}

/** A function with the same behaviour and no name, as Node's methods have none. */
function unnamed(method, length) {
  Object.defineProperty(method, 'name', { __proto__: null, value: '', configurable: true });
  Object.defineProperty(method, 'length', { __proto__: null, value: length, configurable: true });
  return method;
}

/** Puts the methods on Readable. */
function addTo(Readable) {
  const proto = Readable.prototype;
  proto.isPaused = unnamed(isPaused, 0);
  proto.pipe = unnamed(pipe, 2);
  proto.unpipe = unnamed(unpipe, 1);
  proto.on = unnamed(on, 2);
  proto.addListener = proto.on;
  proto.removeListener = unnamed(removeListener, 2);
  proto.off = proto.removeListener;
  proto.removeAllListeners = unnamed(removeAllListeners, 1);
  proto.resume = unnamed(resume, 0);
  proto.pause = unnamed(pause, 0);
}

module.exports = { addTo };

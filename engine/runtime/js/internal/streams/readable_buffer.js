'use strict';

// The chunks that wait in a Readable.

const { FastBuffer, allocate } = require('internal/buffer/base');
const { kState, kObjectMode } = require('internal/streams/flags');
const { kDecoder, kEnded, kFlowing } = require('internal/streams/readable_state');

/** Chunks that are gone are cut off once there are this many. */
const GONE_MAX = 1024;

/** Puts a chunk at the end. */
function append(state, chunk) {
  state.buffer.push(chunk);
}

/** Puts a chunk at the front. */
function prepend(state, chunk) {
  if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
  else state.buffer.unshift(chunk);
}

/** How much `read(n)` gives. */
function howMuchToRead(n, state) {
  if (n <= 0 || (state.length === 0 && (state[kState] & kEnded) !== 0)) return 0;
  if ((state[kState] & kObjectMode) !== 0) return 1;
  if (Number.isNaN(n)) {
    // Without a number a chunk at a time, but all the text there is unless it flows.
    if ((state[kState] & (kDecoder | kFlowing)) === kDecoder || state.length === 0) return state.length;
    return state.buffer[state.bufferIndex].length;
  }
  if (n <= state.length) return n;
  return (state[kState] & kEnded) !== 0 ? state.length : 0;
}

function shift(state) {
  const { buffer, bufferIndex } = state;
  const chunk = buffer[bufferIndex];
  if (bufferIndex + 1 === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (bufferIndex > GONE_MAX) {
    buffer.splice(0, bufferIndex + 1);
    state.bufferIndex = 0;
  } else {
    buffer[bufferIndex] = null;
    state.bufferIndex = bufferIndex + 1;
  }
  return chunk;
}

function clear(state) {
  state.buffer.length = 0;
  state.bufferIndex = 0;
}

/** Takes `n` units out: one object, or so many bytes or characters. Null when there is nothing. */
function fromList(n, state) {
  if (state.length === 0) return null;
  if ((state[kState] & kObjectMode) !== 0) return shift(state);

  const { buffer, bufferIndex, length } = state;
  const isText = (state[kState] & kDecoder) !== 0;
  if (!n || n >= length) {
    let all;
    if (isText) all = buffer.slice(bufferIndex).join('');
    else if (buffer.length - bufferIndex === 1) all = buffer[bufferIndex];
    else all = concat(buffer, bufferIndex, length);
    clear(state);
    return all;
  }

  const first = buffer[bufferIndex];
  if (n < first.length) {
    buffer[bufferIndex] = first.slice(n);
    return first.slice(0, n);
  }
  if (n === first.length) return shift(state);
  return isText ? takeText(n, state) : takeBytes(n, state);
}

function concat(buffer, from, length) {
  const all = allocate(length);
  let at = 0;
  for (let i = from; i < buffer.length; i++) {
    all.set(buffer[i], at);
    at += buffer[i].length;
  }
  return all;
}

function takeText(n, state) {
  let text = '';
  while (text.length < n) {
    const missing = n - text.length;
    const first = state.buffer[state.bufferIndex];
    if (missing < first.length) {
      state.buffer[state.bufferIndex] = first.slice(missing);
      text += first.slice(0, missing);
    } else {
      text += shift(state);
    }
  }
  return text;
}

function takeBytes(n, state) {
  const bytes = allocate(n);
  let at = 0;
  while (at < n) {
    const first = state.buffer[state.bufferIndex];
    const missing = n - at;
    if (missing < first.length) {
      bytes.set(new Uint8Array(first.buffer, first.byteOffset, missing), at);
      state.buffer[state.bufferIndex] = new FastBuffer(first.buffer, first.byteOffset + missing, first.length - missing);
      at = n;
    } else {
      bytes.set(shift(state), at);
      at += first.length;
    }
  }
  return bytes;
}

module.exports = { append, clear, fromList, howMuchToRead, prepend };

'use strict';

// What can be said of a stream from outside, also of one that was not made by this module: `isReadable`, `isErrored`
// and the like (https://nodejs.org/api/stream.html#streamisreadablestream). Null stands for "cannot be known".

const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');

const isObject = (value) => typeof value === 'object' && value !== null;

/** Whether it can be read like one of Node's streams; `strict` asks for `pause` and `resume`, too. */
function isReadableNodeStream(stream, strict = false) {
  return Boolean(
    stream && typeof stream.pipe === 'function' && typeof stream.on === 'function' &&
      (!strict || (typeof stream.pause === 'function' && typeof stream.resume === 'function')) &&
      (!stream._writableState || stream._readableState?.readable !== false) &&
      (!stream._writableState || stream._readableState),
  );
}

/** Whether it can be written to like one of Node's streams. */
function isWritableNodeStream(stream) {
  return Boolean(
    stream && typeof stream.write === 'function' && typeof stream.on === 'function' &&
      (!stream._readableState || stream._writableState?.writable !== false),
  );
}

/** Whether it has both directions. */
function isDuplexNodeStream(stream) {
  return Boolean(
    stream && typeof stream.pipe === 'function' && stream._readableState && typeof stream.on === 'function' &&
      typeof stream.write === 'function',
  );
}

/** Whether it looks like a stream of Node's at all. */
function isNodeStream(stream) {
  return Boolean(
    stream && (stream._readableState || stream._writableState ||
      (typeof stream.write === 'function' && typeof stream.on === 'function') ||
      (typeof stream.pipe === 'function' && typeof stream.on === 'function')),
  );
}

/** Whether it can be iterated; `isAsync` asks for one kind. */
function isIterable(value, isAsync = undefined) {
  if (value === null || value === undefined) return false;
  if (isAsync === true) return typeof value[Symbol.asyncIterator] === 'function';
  if (isAsync === false) return typeof value[Symbol.iterator] === 'function';
  return typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function';
}

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const { _writableState: wState, _readableState: rState } = stream;
  return Boolean(stream.destroyed || stream[kIsDestroyed] || (wState || rState)?.destroyed);
}

/** Whether `end()` was called. */
function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const wState = stream._writableState;
  if (wState?.errored) return false;
  return typeof wState?.ended === 'boolean' ? wState.ended : null;
}

/** Whether 'finish' was emitted; `strict` leaves out streams that are about to. */
function isWritableFinished(stream, strict = true) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const wState = stream._writableState;
  if (wState?.errored) return false;
  if (typeof wState?.finished !== 'boolean') return null;
  return wState.finished || (strict === false && wState.ended === true && wState.length === 0);
}

/** Whether 'end' was emitted; `strict` leaves out streams that are about to. */
function isReadableFinished(stream, strict = true) {
  if (!isReadableNodeStream(stream)) return null;
  const rState = stream._readableState;
  if (rState?.errored) return false;
  if (typeof rState?.endEmitted !== 'boolean') return null;
  return rState.endEmitted || (strict === false && rState.ended === true && rState.length === 0);
}

/** Whether something can still be read. */
function isReadable(stream) {
  if (stream && typeof stream[kIsReadable] === 'boolean') return stream[kIsReadable];
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

/** Whether something can still be written. */
function isWritable(stream) {
  if (stream && typeof stream[kIsWritable] === 'boolean') return stream[kIsWritable];
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

/** Whether both directions that were asked for are done. */
function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  if (options?.writable !== false && isWritable(stream)) return false;
  return true;
}

/** The error of the writable side, or a truth value where only that is known. */
function isWritableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.writableErrored ?? stream._writableState?.errored ?? null;
}

/** The same of the readable side. */
function isReadableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.readableErrored ?? stream._readableState?.errored ?? null;
}

/** Whether 'close' was or will be emitted by now. */
function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const { _writableState: wState, _readableState: rState } = stream;
  if (typeof wState?.closed === 'boolean' || typeof rState?.closed === 'boolean') return wState?.closed || rState?.closed;
  if (typeof stream._closed === 'boolean' && isOutgoingMessage(stream)) return stream._closed;
  return null;
}

function isOutgoingMessage(stream) {
  return typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' &&
    typeof stream._removedConnection === 'boolean' && typeof stream._removedContLen === 'boolean';
}

/** A request of an HTTP client, which is aborted and not destroyed in old code. */
function isRequest(stream) {
  return Boolean(stream && stream.setHeader && typeof stream.abort === 'function');
}

/** A request as an HTTP server gets it. */
function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' && stream.req?.upgradeOrConnect === undefined;
}

/** Whether 'close' will follow by itself. */
function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return Boolean(state ? state.autoDestroy && state.emitClose && state.closed === false
    : isOutgoingMessage(stream) && stream._sent100);
}

/** Whether something was read from it or it was ended early. */
function isDisturbed(stream) {
  return Boolean(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

/** Whether it failed. */
function isErrored(stream) {
  return Boolean(
    stream && (stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
      stream._readableState?.errorEmitted ?? stream._writableState?.errorEmitted ??
      stream._readableState?.errored ?? stream._writableState?.errored),
  );
}

module.exports = {
  isClosed, isDestroyed, isDisturbed, isDuplexNodeStream, isErrored, isFinished, isIterable, isNodeStream, isObject,
  isReadable, isReadableErrored, isReadableFinished, isReadableNodeStream, isRequest, isServerRequest, isWritable,
  isWritableEnded, isWritableErrored, isWritableFinished, isWritableNodeStream, kIsDestroyed, willEmitClose,
};

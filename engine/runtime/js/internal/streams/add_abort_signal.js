'use strict';

// `stream.addAbortSignal`: an AbortSignal that destroys a stream
// (https://nodejs.org/api/stream.html#streamaddabortsignalsignal-stream).

const { AbortError, codes } = require('internal/errors');
const { isNodeStream } = require('internal/streams/utils');

/** The function of the module, which checks its arguments. */
function addAbortSignal(signal, stream) {
  if (typeof signal !== 'object' || signal === null || !('aborted' in signal)) {
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  // A stream under construction has no state to be known by yet, but it has methods.
  const isWeb = !isNodeStream(stream) && require('internal/webstreams/adapters').isWebStream(stream);
  if (!isWeb && !isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  const abort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (isWeb) require('internal/webstreams/adapters').abortWeb(stream, error);
    else stream.destroy(error);
  };
  if (signal.aborted) {
    abort();
  } else {
    const { addAbortListener } = require('internal/events/abort_listener');
    const listening = addAbortListener(signal, abort);
    require('internal/streams/end_of_stream').eos(stream, () => listening[Symbol.dispose]());
  }
  return stream;
}

module.exports = { addAbortSignal };

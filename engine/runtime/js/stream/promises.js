'use strict';

// The module `stream/promises` (https://nodejs.org/api/stream.html#streams-promises-api).

/** Resolves when a stream is done. */
function finished(stream, opts) {
  return require('internal/streams/end_of_stream').finished(stream, opts);
}

/** Resolves when all streams are done. */
function pipeline(...streams) {
  return require('internal/streams/pipeline').pipelinePromise(...streams);
}

module.exports = { finished, pipeline };

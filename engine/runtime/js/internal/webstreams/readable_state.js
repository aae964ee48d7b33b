'use strict';

// What a ReadableStream is inside (https://streams.spec.whatwg.org/#rs-abstract-ops), and its readers' states.

const { invalidState, markHandled, nothing, settled, upon } = require('internal/webstreams/util');

class ReadableState {
  state = 'readable';
  reader = undefined;
  storedError = undefined;
  disturbed = false;
  controller = undefined;

  /** For `stream.finished`: settled when the stream is. */
  #finished = undefined;

  constructor(object) {
    this.object = object;
  }

  get finished() {
    if (this.#finished === undefined) {
      if (this.state === 'readable') this.#finished = Promise.withResolvers();
      else this.#finished = settled(this.state === 'closed', this.storedError);
      markHandled(this.#finished.promise);
    }
    return this.#finished.promise;
  }

  get locked() {
    return this.reader !== undefined;
  }

  get isBytes() {
    return this.controller?.isBytes === true;
  }

  /** ReadableStreamCancel */
  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return Promise.resolve();
    if (this.state === 'errored') return Promise.reject(this.storedError);
    this.close();
    if (this.reader?.isByob) for (const request of this.reader.take()) request.close(undefined);
    return upon(this.controller.cancelSteps(reason), nothing);
  }

  /** ReadableStreamClose */
  close() {
    this.state = 'closed';
    this.#finished?.resolve();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (!reader.isByob) for (const request of reader.take()) request.close();
  }

  /** ReadableStreamError */
  error(error) {
    this.state = 'errored';
    this.storedError = error;
    this.#finished?.reject(error);
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(error);
    markHandled(reader.closed.promise);
    for (const request of reader.take()) request.error(error);
  }

  /** How many reads wait, of a default or a BYOB reader. */
  waiting(isByob) {
    return this.reader !== undefined && this.reader.isByob === isByob ? this.reader.requests.length : 0;
  }

  /** ReadableStreamFulfillReadRequest, ReadableStreamFulfillReadIntoRequest */
  fulfill(chunk, done) {
    const request = this.reader.requests.shift();
    if (done) request.close(chunk);
    else request.chunk(chunk);
  }
}

class ReaderState {
  requests = [];
  stream = undefined;
  closed = undefined;

  constructor(stream, isByob) {
    this.isByob = isByob;
    this.stream = stream;
    stream.reader = this;
    if (stream.state === 'readable') this.closed = Promise.withResolvers();
    else if (stream.state === 'closed') this.closed = settled(true);
    else this.closed = settled(false, stream.storedError);
  }

  take() {
    const { requests } = this;
    this.requests = [];
    return requests;
  }

  /** ReadableStreamDefaultReaderRead */
  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullSteps(request);
  }

  /** ReadableStreamBYOBReaderRead */
  readInto(view, min, request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullInto(view, min, request);
  }

  /** ReadableStreamDefaultReaderRelease, ReadableStreamBYOBReaderRelease */
  release() {
    const { stream } = this;
    const error = invalidState('Reader released');
    if (stream.state === 'readable') {
      this.closed.reject(error);
      markHandled(this.closed.promise);
    } else {
      this.closed = settled(false, error);
    }
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    if (this.requests.length === 0) return;
    const releasing = invalidState('Releasing reader');
    for (const request of this.take()) request.error(releasing);
  }
}

module.exports = { ReadableState, ReaderState };

'use strict';

// What a WritableStream is inside (https://streams.spec.whatwg.org/#ws-abstract-ops), and its writer's state.

const { SizedQueue, invalidState, markHandled, resolvedWith, settled, upon } = require('internal/webstreams/util');

const kClose = Symbol('close');

class WritableState {
  state = 'writable';
  storedError = undefined;
  writer = undefined;
  controller = undefined;
  inFlightWrite = undefined;
  closeRequest = undefined;
  inFlightClose = undefined;
  pendingAbort = undefined;
  writeRequests = [];
  backpressure = false;

  /** For `stream.finished`: settled when the stream is. */
  #finished = undefined;

  constructor(object) {
    this.object = object;
  }

  get finished() {
    if (this.#finished === undefined) {
      if (this.state === 'closed') this.#finished = settled(true);
      else if (this.state === 'errored') this.#finished = settled(false, this.storedError);
      else this.#finished = Promise.withResolvers();
      markHandled(this.#finished.promise);
    }
    return this.#finished.promise;
  }

  closeQueuedOrInFlight() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    this.controller.abortController.abort(reason);
    // Those who hear of it may have changed the state.
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    if (this.pendingAbort !== undefined) return this.pendingAbort.promise;
    const wasErroring = this.state === 'erroring';
    if (wasErroring) reason = undefined;
    this.pendingAbort = { ...Promise.withResolvers(), reason, wasErroring };
    const { promise } = this.pendingAbort;
    if (!wasErroring) this.startErroring(reason);
    return promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return Promise.reject(invalidState(`WritableStream is ${this.state}`));
    }
    this.closeRequest = Promise.withResolvers();
    const { promise } = this.closeRequest;
    if (this.writer !== undefined && this.backpressure && this.state === 'writable') this.writer.ready.resolve();
    this.controller.close();
    return promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason) {
    this.state = 'erroring';
    this.storedError = reason;
    this.writer?.rejectReady(reason);
    if (this.inFlightWrite === undefined && this.inFlightClose === undefined && this.controller.started) {
      this.finishErroring();
    }
  }

  finishErroring() {
    this.state = 'errored';
    this.controller.queue.clear();
    const error = this.storedError;
    this.#finished?.reject(error);
    for (const request of this.writeRequests) request.reject(error);
    this.writeRequests = [];
    const abort = this.pendingAbort;
    if (abort === undefined) {
      this.rejectCloseAndClosed();
      return;
    }
    this.pendingAbort = undefined;
    if (abort.wasErroring) {
      abort.reject(error);
      this.rejectCloseAndClosed();
      return;
    }
    upon(this.controller.abortSteps(abort.reason), () => {
      abort.resolve();
      this.rejectCloseAndClosed();
    }, (failure) => {
      abort.reject(failure);
      this.rejectCloseAndClosed();
    });
  }

  rejectCloseAndClosed() {
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(this.storedError);
      this.closeRequest = undefined;
    }
    if (this.writer !== undefined) this.writer.rejectClosed(this.storedError);
  }

  finishWrite() {
    this.inFlightWrite.resolve();
    this.inFlightWrite = undefined;
  }

  finishWriteWithError(error) {
    this.inFlightWrite.reject(error);
    this.inFlightWrite = undefined;
    this.dealWithRejection(error);
  }

  finishClose() {
    this.inFlightClose.resolve();
    this.inFlightClose = undefined;
    if (this.state === 'erroring') {
      this.storedError = undefined;
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.resolve();
        this.pendingAbort = undefined;
      }
    }
    this.state = 'closed';
    this.#finished?.resolve();
    this.writer?.closed.resolve();
  }

  finishCloseWithError(error) {
    this.inFlightClose.reject(error);
    this.inFlightClose = undefined;
    if (this.pendingAbort !== undefined) {
      this.pendingAbort.reject(error);
      this.pendingAbort = undefined;
    }
    this.dealWithRejection(error);
  }

  updateBackpressure(backpressure) {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready = Promise.withResolvers();
      else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

class WriterState {
  constructor(stream) {
    this.stream = stream;
    stream.writer = this;
    const { state, storedError } = stream;
    if (state === 'writable') {
      this.ready = !stream.closeQueuedOrInFlight() && stream.backpressure ? Promise.withResolvers() : settled(true);
      this.closed = Promise.withResolvers();
    } else if (state === 'erroring') {
      this.ready = settled(false, storedError);
      this.closed = Promise.withResolvers();
    } else if (state === 'closed') {
      this.ready = settled(true);
      this.closed = settled(true);
    } else {
      this.ready = settled(false, storedError);
      this.closed = settled(false, storedError);
    }
  }

  rejectReady(error) {
    // A promise that was settled before is replaced, as the standard has it.
    const { promise } = this.ready;
    if (isPending(promise)) this.ready.reject(error);
    else this.ready = settled(false, error);
    markHandled(this.ready.promise);
  }

  rejectClosed(error) {
    if (isPending(this.closed.promise)) this.closed.reject(error);
    else this.closed = settled(false, error);
    markHandled(this.closed.promise);
  }

  desiredSize() {
    const { state, controller } = this.stream;
    if (state === 'errored' || state === 'erroring') return null;
    if (state === 'closed') return 0;
    return controller.desiredSize();
  }

  closeWithErrorPropagation() {
    const { stream } = this;
    if (stream.closeQueuedOrInFlight() || stream.state === 'closed') return Promise.resolve();
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    return stream.close();
  }

  release() {
    const { stream } = this;
    const error = invalidState('Writer has been released');
    this.rejectReady(error);
    this.rejectClosed(error);
    stream.writer = undefined;
    this.stream = undefined;
  }

  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.chunkSize(chunk);
    if (stream !== this.stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
    const { state } = stream;
    if (state === 'errored') return Promise.reject(stream.storedError);
    if (stream.closeQueuedOrInFlight() || state === 'closed') {
      return Promise.reject(invalidState('WritableStream is closed'));
    }
    if (state === 'erroring') return Promise.reject(stream.storedError);
    const request = Promise.withResolvers();
    stream.writeRequests.push(request);
    controller.write(chunk, size);
    return request.promise;
  }
}

const isPending = (promise) => ops.util_promise(promise) === undefined;

class WritableController {
  started = false;
  queue = new SizedQueue();
  #abortController;

  constructor(stream, highWaterMark, size, { write, close, abort }) {
    this.stream = stream;
    this.highWaterMark = highWaterMark;
    this.size = size;
    this.write_ = write;
    this.close_ = close;
    this.abort_ = abort;
    stream.controller = this;
    stream.updateBackpressure(this.hasBackpressure());
  }

  get abortController() {
    return this.#abortController ??= new (require('internal/abort').AbortController)();
  }

  start(result) {
    const { stream } = this;
    upon(resolvedWith(result), () => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      stream.dealWithRejection(error);
    });
  }

  desiredSize() {
    return this.highWaterMark - this.queue.total;
  }

  hasBackpressure() {
    return this.desiredSize() <= 0;
  }

  clearAlgorithms() {
    this.write_ = this.close_ = this.abort_ = this.size = undefined;
  }

  abortSteps(reason) {
    const result = this.abort_(reason);
    this.clearAlgorithms();
    return result;
  }

  close() {
    this.queue.push(kClose, 0);
    this.advance();
  }

  chunkSize(chunk) {
    if (this.size === undefined) return 1;
    try {
      return (0, this.size)(chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    const { stream } = this;
    try {
      this.queue.push(chunk, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    if (!stream.closeQueuedOrInFlight() && stream.state === 'writable') stream.updateBackpressure(this.hasBackpressure());
    this.advance();
  }

  errorIfNeeded(error) {
    if (this.stream.state === 'writable') this.error(error);
  }

  error(error) {
    this.clearAlgorithms();
    this.stream.startErroring(error);
  }

  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0) return;
    const chunk = this.queue.peek();
    if (chunk === kClose) this.processClose();
    else this.processWrite(chunk);
  }

  processClose() {
    const { stream } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    const result = this.close_();
    this.clearAlgorithms();
    upon(result, () => stream.finishClose(), (error) => stream.finishCloseWithError(error));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.inFlightWrite = stream.writeRequests.shift();
    upon(this.write_(chunk), () => {
      stream.finishWrite();
      const { state } = stream;
      this.queue.shift();
      if (!stream.closeQueuedOrInFlight() && state === 'writable') stream.updateBackpressure(this.hasBackpressure());
      this.advance();
    }, (error) => {
      if (stream.state === 'writable') this.clearAlgorithms();
      stream.finishWriteWithError(error);
    });
  }
}

module.exports = { WritableController, WritableState, WriterState };

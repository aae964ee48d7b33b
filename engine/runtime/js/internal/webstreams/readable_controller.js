'use strict';

// ReadableStreamDefaultController (https://streams.spec.whatwg.org/#rs-default-controller-class).

const { codes } = require('internal/errors');
const { SizedQueue, finish, invalidState, kInternal, resolvedWith, setState, stateOf, upon } =
  require('internal/webstreams/util');

/** What the controllers of streams of values and of bytes do alike: calling `pull`. */
class PullingController {
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;

  constructor(stream, highWaterMark, pull, cancel) {
    this.stream = stream;
    this.highWaterMark = highWaterMark;
    this.pull = pull;
    this.cancel = cancel;
    stream.controller = this;
  }

  /** The end of SetUpReadable…Controller. */
  start(result) {
    upon(resolvedWith(result), () => {
      this.started = true;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  pullIfNeeded() {
    if (!this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    upon(this.pull(), () => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.pullIfNeeded();
      }
    }, (error) => this.error(error));
  }

  desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    if (state === 'closed') return 0;
    return this.highWaterMark - this.queued();
  }

  clearAlgorithms() {
    this.pull = undefined;
    this.cancel = undefined;
  }
}

class DefaultController extends PullingController {
  isBytes = false;
  queue = new SizedQueue();

  constructor(stream, highWaterMark, size, pull, cancel) {
    super(stream, highWaterMark, pull, cancel);
    this.size = size;
  }

  queued() {
    return this.queue.total;
  }

  shouldPull() {
    const { stream } = this;
    if (!this.canCloseOrEnqueue() || !this.started) return false;
    if (stream.waiting(false) > 0) return true;
    return this.desiredSize() > 0;
  }

  canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  close() {
    if (!this.canCloseOrEnqueue()) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    }
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue()) return;
    const { stream } = this;
    if (stream.waiting(false) > 0) {
      stream.fulfill(chunk, false);
    } else {
      try {
        this.queue.push(chunk, (0, this.size)(chunk));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.pullIfNeeded();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  clearAlgorithms() {
    super.clearAlgorithms();
    this.size = undefined;
  }

  cancelSteps(reason) {
    this.queue.clear();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    const { stream } = this;
    if (this.queue.length > 0) {
      const chunk = this.queue.shift();
      if (this.closeRequested && this.queue.length === 0) {
        this.clearAlgorithms();
        stream.close();
      } else {
        this.pullIfNeeded();
      }
      request.chunk(chunk);
    } else {
      stream.reader.requests.push(request);
      this.pullIfNeeded();
    }
  }

  releaseSteps() {}
}

class ReadableStreamDefaultController {
  constructor(kind = undefined, state = undefined) {
    if (kind !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    setState(this, state);
  }

  get desiredSize() {
    return check(this).desiredSize();
  }

  close() {
    const state = check(this);
    if (!state.canCloseOrEnqueue()) throw invalidState('Controller is already closed');
    state.close();
  }

  enqueue(chunk = undefined) {
    const state = check(this);
    if (!state.canCloseOrEnqueue()) throw invalidState('Controller is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    check(this).error(error);
  }
}

const check = (object) => stateOf(object, DefaultController, 'ReadableStreamDefaultController');

finish(ReadableStreamDefaultController, ['close', 'desiredSize', 'enqueue', 'error'], () => ({}));

module.exports = { DefaultController, PullingController, ReadableStreamDefaultController };

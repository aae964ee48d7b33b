'use strict';

// How a stream of bytes fills the buffers of those who read it
// (https://streams.spec.whatwg.org/#rbs-controller-abstract-ops).

const { codes } = require('internal/errors');
const { invalidState, kState } = require('internal/webstreams/util');
const { PullingController } = require('internal/webstreams/readable_controller');

const isDetached = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'detached').get;
const { transfer } = ArrayBuffer.prototype;

const detached = (buffer) => isDetached.call(buffer);
const move = (buffer) => transfer.call(buffer);

/** The view of a filled descriptor; `elements` of its kind. */
function toView(descriptor) {
  const { View, buffer, byteOffset, filled, elementSize } = descriptor;
  return new View(move(buffer), byteOffset, filled / elementSize);
}

class ByteController extends PullingController {
  isBytes = true;
  queue = [];
  total = 0;
  /** Pull-into descriptors, the oldest first. */
  pending = [];
  request = null;

  constructor(stream, highWaterMark, autoAllocate, pull, cancel) {
    super(stream, highWaterMark, pull, cancel);
    this.autoAllocate = autoAllocate;
  }

  queued() {
    return this.total;
  }

  shouldPull() {
    const { stream } = this;
    if (stream.state !== 'readable' || this.closeRequested || !this.started) return false;
    if (stream.waiting(false) > 0 || stream.waiting(true) > 0) return true;
    return this.desiredSize() > 0;
  }

  /** ReadableByteStreamControllerGetBYOBRequest */
  byobRequest() {
    if (this.request === null && this.pending.length > 0) {
      const { buffer, byteOffset, filled, byteLength } = this.pending[0];
      this.request = this.makeRequest(new Uint8Array(buffer, byteOffset + filled, byteLength - filled));
    }
    return this.request;
  }

  invalidate() {
    if (this.request === null) return;
    Object.assign(this.request[kState], { controller: undefined, view: null });
    this.request = null;
  }

  resetQueue() {
    this.queue = [];
    this.total = 0;
  }

  close() {
    const { stream } = this;
    if (this.closeRequested || stream.state !== 'readable') return;
    if (this.total > 0) {
      this.closeRequested = true;
      return;
    }
    const first = this.pending[0];
    if (first !== undefined && first.filled % first.elementSize !== 0) {
      const error = invalidState('Partial read');
      this.error(error);
      throw error;
    }
    this.clearAlgorithms();
    stream.close();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.invalidate();
    this.pending = [];
    this.resetQueue();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  enqueue(chunk) {
    const { stream } = this;
    if (this.closeRequested || stream.state !== 'readable') return;
    const { buffer, byteOffset, byteLength } = chunk;
    if (detached(buffer)) throw invalidState('Destination ArrayBuffer is detached');
    const moved = move(buffer);
    const first = this.pending[0];
    if (first !== undefined) {
      if (detached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidate();
      first.buffer = move(first.buffer);
      if (first.reader === 'none') this.enqueueDetached(first);
    }
    if (stream.reader !== undefined && !stream.reader.isByob) {
      this.fillReadRequests();
      if (stream.waiting(false) === 0) {
        this.enqueueChunk(moved, byteOffset, byteLength);
      } else {
        if (this.pending.length > 0) this.pending.shift();
        stream.fulfill(new Uint8Array(moved, byteOffset, byteLength), false);
      }
    } else {
      this.enqueueChunk(moved, byteOffset, byteLength);
      if (stream.reader !== undefined) {
        for (const descriptor of this.fillFromQueue()) this.commit(descriptor);
      }
    }
    this.pullIfNeeded();
  }

  enqueueChunk(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.total += byteLength;
  }

  enqueueCloned(buffer, byteOffset, byteLength) {
    let clone;
    try {
      clone = buffer.slice(byteOffset, byteOffset + byteLength);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.enqueueChunk(clone, 0, byteLength);
  }

  enqueueDetached(descriptor) {
    if (descriptor.filled > 0) this.enqueueCloned(descriptor.buffer, descriptor.byteOffset, descriptor.filled);
    this.pending.shift();
  }

  /** ReadableByteStreamControllerProcessReadRequestsUsingQueue */
  fillReadRequests() {
    const { reader } = this.stream;
    while (reader.requests.length > 0) {
      if (this.total === 0) return;
      this.fillRequest(reader.requests.shift());
    }
  }

  fillRequest(request) {
    const { buffer, byteOffset, byteLength } = this.queue.shift();
    this.total -= byteLength;
    this.drain();
    request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** ReadableByteStreamControllerHandleQueueDrain */
  drain() {
    if (this.total === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
  }

  /** ReadableByteStreamControllerFillPullIntoDescriptorFromQueue */
  fill(descriptor) {
    let left = Math.min(this.total, descriptor.byteLength - descriptor.filled);
    const maxFilled = descriptor.filled + left;
    const aligned = maxFilled - (maxFilled % descriptor.elementSize);
    const isReady = aligned >= descriptor.minimum;
    if (isReady) left = aligned - descriptor.filled;
    while (left > 0) {
      const head = this.queue[0];
      const count = Math.min(left, head.byteLength);
      new Uint8Array(descriptor.buffer, descriptor.byteOffset + descriptor.filled, count)
        .set(new Uint8Array(head.buffer, head.byteOffset, count));
      if (head.byteLength === count) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.total -= count;
      descriptor.filled += count;
      left -= count;
    }
    return isReady;
  }

  /** ReadableByteStreamControllerProcessPullIntoDescriptorsUsingQueue */
  fillFromQueue() {
    const filled = [];
    while (this.pending.length > 0 && this.total > 0) {
      const descriptor = this.pending[0];
      if (!this.fill(descriptor)) break;
      this.pending.shift();
      filled.push(descriptor);
    }
    return filled;
  }

  /** ReadableByteStreamControllerCommitPullIntoDescriptor */
  commit(descriptor) {
    const { stream } = this;
    stream.fulfill(toView(descriptor), stream.state === 'closed');
  }

  pullInto(view, min, request) {
    const { stream } = this;
    const elementSize = view.BYTES_PER_ELEMENT ?? 1;
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = move(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const descriptor = {
      buffer, bufferByteLength: buffer.byteLength, byteOffset, byteLength, filled: 0, minimum: min * elementSize,
      elementSize, View: kindOf(view), reader: 'byob',
    };
    if (this.pending.length > 0) {
      this.pending.push(descriptor);
      stream.reader.requests.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new descriptor.View(buffer, byteOffset, 0));
      return;
    }
    if (this.total > 0) {
      if (this.fill(descriptor)) {
        const filled = toView(descriptor);
        this.drain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = invalidState('ReadableStream closed');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.pending.push(descriptor);
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  respond(written) {
    const first = this.pending[0];
    if (this.stream.state === 'closed') {
      if (written !== 0) throw invalidState('Controller is closed');
    } else {
      if (written === 0) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', written);
      if (first.filled + written > first.byteLength) {
        throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', written);
      }
    }
    first.buffer = move(first.buffer);
    this.respondInternal(written);
  }

  respondWithNewView(view) {
    const first = this.pending[0];
    const { byteLength, byteOffset } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('Controller is closed');
    } else if (byteLength === 0) {
      throw invalidState('View length is zero');
    }
    if (first.byteOffset + first.filled !== byteOffset || first.bufferByteLength !== view.buffer.byteLength ||
        first.filled + byteLength > first.byteLength) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    first.buffer = move(view.buffer);
    this.respondInternal(byteLength);
  }

  respondInternal(written) {
    const first = this.pending[0];
    this.invalidate();
    if (this.stream.state === 'closed') this.respondClosed(first);
    else this.respondReadable(written, first);
    this.pullIfNeeded();
  }

  respondClosed(first) {
    const { stream } = this;
    if (first.reader === 'none') this.pending.shift();
    if (stream.reader?.isByob) {
      const filled = [];
      while (filled.length < stream.waiting(true)) filled.push(this.pending.shift());
      for (const descriptor of filled) this.commit(descriptor);
    }
  }

  respondReadable(written, descriptor) {
    descriptor.filled += written;
    if (descriptor.reader === 'none') {
      this.enqueueDetached(descriptor);
      for (const filled of this.fillFromQueue()) this.commit(filled);
      return;
    }
    if (descriptor.filled < descriptor.minimum) return;
    this.pending.shift();
    const rest = descriptor.filled % descriptor.elementSize;
    if (rest > 0) {
      const end = descriptor.byteOffset + descriptor.filled;
      this.enqueueCloned(descriptor.buffer, end - rest, rest);
    }
    descriptor.filled -= rest;
    const filled = this.fillFromQueue();
    this.commit(descriptor);
    for (const more of filled) this.commit(more);
  }

  cancelSteps(reason) {
    this.invalidate();
    this.pending = [];
    this.resetQueue();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    const { stream } = this;
    if (this.total > 0) {
      this.fillRequest(request);
      return;
    }
    if (this.autoAllocate !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(this.autoAllocate);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pending.push({
        buffer, bufferByteLength: this.autoAllocate, byteOffset: 0, byteLength: this.autoAllocate, filled: 0,
        minimum: 1, elementSize: 1, View: Uint8Array, reader: 'default',
      });
    }
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  releaseSteps() {
    if (this.pending.length > 0) {
      const [first] = this.pending;
      first.reader = 'none';
      this.pending = [first];
    }
  }
}

/** The class of a view, whatever a script made of its constructor. */
function kindOf(view) {
  const tag = Object.prototype.toString.call(view).slice(8, -1);
  if (view instanceof DataView) return DataView;
  return globalThis[tag] ?? Uint8Array;
}

module.exports = { ByteController, detached };

'use strict';

// ReadableByteStreamController and ReadableStreamBYOBRequest (https://streams.spec.whatwg.org/#rbs-controller-class).

const { codes } = require('internal/errors');
const { validateBuffer } = require('internal/validators');
const { ByteController, detached } = require('internal/webstreams/byte_state');
const { finish, invalidState, kInternal, setState, stateOf } = require('internal/webstreams/util');

class RequestState {
  constructor(controller, view) {
    this.controller = controller;
    this.view = view;
  }
}

class ReadableStreamBYOBRequest {
  constructor(kind = undefined, controller = undefined, view = undefined) {
    if (kind !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    setState(this, new RequestState(controller, view));
  }

  get view() {
    return checkRequest(this).view;
  }

  respond(bytesWritten) {
    const state = checkRequest(this);
    if (state.controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (detached(state.view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    const written = +bytesWritten;
    if (!(written >= 0) || written === Infinity) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
    }
    state.controller.respond(Math.trunc(written));
  }

  respondWithNewView(view) {
    const state = checkRequest(this);
    if (state.controller === undefined) throw invalidState('This BYOB request has been invalidated');
    validateBuffer(view, 'view');
    if (detached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    state.controller.respondWithNewView(view);
  }
}

const checkRequest = (object) => stateOf(object, RequestState, 'ReadableStreamBYOBRequest');

ByteController.prototype.makeRequest = function makeRequest(view) {
  return new ReadableStreamBYOBRequest(kInternal, this, view);
};

class ReadableByteStreamController {
  constructor(kind = undefined, state = undefined) {
    if (kind !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    setState(this, state);
    state.object = this;
  }

  get byobRequest() {
    return check(this).byobRequest();
  }

  get desiredSize() {
    return check(this).desiredSize();
  }

  close() {
    const state = check(this);
    if (state.closeRequested || state.stream.state !== 'readable') throw invalidState('Controller is already closed');
    state.close();
  }

  enqueue(chunk) {
    const state = check(this);
    validateBuffer(chunk);
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (state.closeRequested || state.stream.state !== 'readable') throw invalidState('Controller is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    check(this).error(error);
  }
}

const check = (object) => stateOf(object, ByteController, 'ReadableByteStreamController');

finish(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView'], (request) => ({
  view: request.view, controller: checkRequest(request).controller?.object,
}));
finish(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error'], () => ({}));

module.exports = { ByteController, ReadableByteStreamController, ReadableStreamBYOBRequest };

'use strict';

// What stands for a message in `async_hooks`: the parser's callbacks run in its context. A request's answer comes in the
// context in which the request was made, whoever used the connection before.

const { AsyncResource } = require('internal/async_resource');
const { running } = require('internal/async_ids');
const { ASYNC_CONTEXT } = require('internal/flags');

const { flags } = ops;

class HTTPClientAsyncResource extends AsyncResource {
  constructor(request) {
    super('HTTPCLIENTREQUEST', { requireManualDestroy: true });
    this.req = request;
  }
}

class HTTPServerAsyncResource extends AsyncResource {
  constructor(socket) {
    super('HTTPINCOMINGMESSAGE', { requireManualDestroy: true });
    this.socket = socket;
  }
}

/** For the answer to `request`; null where nobody could tell the difference. */
function forRequest(request) {
  return flags[ASYNC_CONTEXT] === 0 && running.hooks === null ? null : new HTTPClientAsyncResource(request);
}

/** For the requests on a server's connection. */
function forConnection(socket) {
  return running.hooks === null ? null : new HTTPServerAsyncResource(socket);
}

module.exports = { forConnection, forRequest };

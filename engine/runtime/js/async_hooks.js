'use strict';

// The module `async_hooks` (https://nodejs.org/api/async_hooks.html).

const { running } = require('internal/async_ids');
const { codes } = require('internal/errors');
const { validateBoolean } = require('internal/validators');
const { AsyncResource } = require('internal/async_resource');

const kinds = ['init', 'before', 'after', 'destroy', 'promiseResolve'];
const symbols = Object.fromEntries(kinds.map((kind) => [kind, Symbol(kind)]));
const kNoPromiseHook = Symbol('kNoPromiseHook');

/** What `executionAsyncResource` returns where no resource runs. */
const topLevelResource = {};

class AsyncHook {
  /** The hook as `internal/async_hooks` calls it. */
  #hook;

  constructor({ init, before, after, destroy, promiseResolve, trackPromises }) {
    const functions = { init, before, after, destroy, promiseResolve };
    for (const kind of kinds) {
      if (functions[kind] !== undefined && typeof functions[kind] !== 'function') {
        throw new codes.ERR_ASYNC_CALLBACK(`hook.${kind}`);
      }
    }
    if (trackPromises !== undefined) {
      validateBoolean(trackPromises, 'trackPromises');
      if (!trackPromises && promiseResolve !== undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE('trackPromises', trackPromises,
          'must not be false when promiseResolve is enabled');
      }
    }
    for (const kind of kinds) this[symbols[kind]] = functions[kind];
    this[kNoPromiseHook] = trackPromises === false;
    this.#hook = { ...functions, self: this, tracksPromises: trackPromises !== false };
  }

  /** Begins to call the functions. */
  enable() {
    require('internal/async_hooks').enable(this.#hook);
    return this;
  }

  /** Calls them no more. */
  disable() {
    require('internal/async_hooks').disable(this.#hook);
    return this;
  }
}

/** Functions to be called in the life of asynchronous resources; not before `enable()`. */
function createHook(fns) {
  return new AsyncHook(fns);
}

/** Number of the resource whose callback runs. */
function executionAsyncId() {
  return running.execution;
}

/** Number of the resource that made the one whose callback runs. */
function triggerAsyncId() {
  return running.trigger;
}

/** The resource whose callback runs. */
function executionAsyncResource() {
  return running.resource ?? topLevelResource;
}

const providers = (
  'NONE DIRHANDLE DNSCHANNEL ELDHISTOGRAM FILEHANDLE FILEHANDLECLOSEREQ BLOBREADER FSEVENTWRAP FSREQCALLBACK FSREQPROMISE ' +
  'GETADDRINFOREQWRAP GETNAMEINFOREQWRAP HEAPSNAPSHOT HTTP2SESSION HTTP2STREAM HTTP2PING HTTP2SETTINGS ' +
  'HTTPINCOMINGMESSAGE HTTPCLIENTREQUEST LOCKS DTLS_ENDPOINT DTLS_SESSION JSSTREAM JSUDPWRAP MESSAGEPORT ' +
  'PIPECONNECTWRAP PIPESERVERWRAP PIPEWRAP PROCESSWRAP PROMISE QUERYWRAP QUIC_ENDPOINT QUIC_LOGSTREAM QUIC_SESSION ' +
  'QUIC_STREAM QUIC_UDP SHUTDOWNWRAP SIGNALWRAP STATWATCHER STREAMPIPE TCPCONNECTWRAP TCPSERVERWRAP TCPWRAP TTYWRAP ' +
  'UDPSENDWRAP UDPWRAP SIGINTWATCHDOG WORKER WORKERCPUPROFILE WORKERCPUUSAGE WORKERHEAPPROFILE WORKERHEAPSNAPSHOT ' +
  'WORKERHEAPSTATISTICS WRITEWRAP ZLIB CHECKPRIMEREQUEST PBKDF2REQUEST KEYPAIRGENREQUEST KEYGENREQUEST ' +
  'KEYEXPORTREQUEST ARGON2REQUEST CIPHERREQUEST DERIVEBITSREQUEST HASHREQUEST RANDOMBYTESREQUEST RANDOMPRIMEREQUEST ' +
  'SCRYPTREQUEST SIGNREQUEST TLSWRAP VERIFYREQUEST'
).split(' ');

module.exports = {
  get AsyncLocalStorage() {
    return require('internal/async_local_storage').AsyncLocalStorage;
  },
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders: Object.freeze({
    __proto__: null,
    ...Object.fromEntries(providers.map((name, index) => [name, index])),
  }),
  AsyncResource,
};

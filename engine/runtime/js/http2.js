'use strict';

// HTTP/2 (https://nodejs.org/api/http2.html): its numbers and names, its settings, and the classes by which packages tell
// its messages from those of HTTP/1. Sessions are not part of it: `connect`, `createServer` and `createSecureServer` are
// left out.

const { Readable } = require('internal/streams/readable');
const { Stream } = require('internal/streams/legacy');
const { codes } = require('internal/errors');
const { constants } = require('internal/http2/constants');

/** Marks headers that must not be kept in tables for compression. */
const sensitiveHeaders = Symbol('sensitiveHeaders');

class Http2ServerRequest extends Readable {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}

class Http2ServerResponse extends Stream {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}

/** The settings of a session that sets nothing itself. */
function getDefaultSettings() {
  return {
    headerTableSize: constants.DEFAULT_SETTINGS_HEADER_TABLE_SIZE,
    enablePush: constants.DEFAULT_SETTINGS_ENABLE_PUSH === 1,
    initialWindowSize: constants.DEFAULT_SETTINGS_INITIAL_WINDOW_SIZE,
    maxFrameSize: constants.DEFAULT_SETTINGS_MAX_FRAME_SIZE,
    maxConcurrentStreams: constants.DEFAULT_SETTINGS_MAX_CONCURRENT_STREAMS,
    maxHeaderSize: constants.DEFAULT_SETTINGS_MAX_HEADER_LIST_SIZE,
    maxHeaderListSize: constants.DEFAULT_SETTINGS_MAX_HEADER_LIST_SIZE,
    enableConnectProtocol: constants.DEFAULT_SETTINGS_ENABLE_CONNECT_PROTOCOL === 1,
  };
}

module.exports = { constants, getDefaultSettings, sensitiveHeaders, Http2ServerRequest, Http2ServerResponse };

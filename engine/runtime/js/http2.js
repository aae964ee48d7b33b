'use strict';

// HTTP/2 (https://nodejs.org/api/http2.html).

const { constants } = require('internal/http2/constants');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');
const { sensitiveHeaders } = require('internal/http2/headers');
const { Http2ServerRequest, Http2ServerResponse } = require('internal/http2/compat');

module.exports = {
  connect: (...args) => require('internal/http2/connect').connect(...args),
  constants,
  createServer: (...args) => require('internal/http2/server').createServer(...args),
  createSecureServer: (...args) => require('internal/http2/server').createSecureServer(...args),
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake: (...args) => require('internal/http2/server').performServerHandshake(...args),
  sensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};

'use strict';

// HTTP/2 (https://nodejs.org/api/http2.html).

const { constants } = require('internal/http2/constants');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');
const { sensitiveHeaders } = require('internal/http2/headers');
const { Http2ServerRequest, Http2ServerResponse } = require('internal/http2/compat');

module.exports = {
  connect(_authority, _options, _listener) {
    return require('internal/http2/connect').connect(...arguments);
  },
  constants,
  createServer(_options, _handler) {
    return require('internal/http2/server').createServer(...arguments);
  },
  createSecureServer(_options, _handler) {
    return require('internal/http2/server').createSecureServer(...arguments);
  },
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake(_socket) {
    return require('internal/http2/server').performServerHandshake(...arguments);
  },
  sensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};

// What `util.promisify` makes of it.
Object.defineProperty(module.exports.connect, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: function connect(authority, options) {
    return new Promise((resolve, reject) => {
      const session = module.exports.connect(authority, options, () => {
        session.removeListener('error', reject);
        resolve(session);
      });
      session.once('error', reject);
    });
  },
});

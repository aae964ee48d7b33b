'use strict';

// Servers of HTTP/2 that take HTTP/1 as well (`allowHTTP1`): what HTTP/1 wants to find on its server.

const https = require('https');

function prepare(server, options) {
  const model = https.createServer({ ...options, ALPNProtocols: undefined });
  for (const name of Object.getOwnPropertyNames(model)) {
    if (!(name in server) || server[name] === undefined) Object.defineProperty(server, name, Object.getOwnPropertyDescriptor(model, name));
  }
  for (const key of Object.getOwnPropertySymbols(model)) {
    if (!Object.hasOwn(server, key)) server[key] = model[key];
  }
  for (const name of ['timeout', 'headersTimeout', 'requestTimeout', 'keepAliveTimeout', 'maxHeadersCount', 'maxRequestsPerSocket']) {
    server[name] = model[name];
  }
}

module.exports = { prepare };

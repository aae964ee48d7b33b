'use strict';

// Entries of type 'http' for observers of performance (https://nodejs.org/api/perf_hooks.html#performanceentrydetail).

const { isWanted } = require('internal/perf/node_entry');

/** What an entry says of a request; nothing while nobody observes. */
function describe(request, target, headers) {
  if (!isWanted('http')) return undefined;
  return { req: { method: request.method, url: target ?? request.url, headers: headers ?? request.headers } };
}

function describeResponse(response, headers) {
  return { statusCode: response.statusCode, statusMessage: response.statusMessage, headers };
}

module.exports = { describe, describeResponse };

'use strict';

// `inspector/promises` (https://nodejs.org/api/inspector.html#promises-api).

const inspector = require('inspector');

/** A session whose `post` returns a promise. */
class Session extends inspector.Session {
  post(method, params, _callback) {
    return new Promise((resolve, reject) => {
      super.post(method, params, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }
}

module.exports = { ...inspector, Session };

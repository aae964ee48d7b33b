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

// What `util.promisify` makes of it is itself.
Object.defineProperty(Session.prototype.post, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null, value: Session.prototype.post, configurable: true,
});

module.exports = { ...inspector, Session };

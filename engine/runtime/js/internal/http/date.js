'use strict';

// The `Date` header: made anew once a second.

let cached;

function forget() {
  cached = undefined;
}

function utcDate() {
  if (cached === undefined) {
    const now = new Date();
    cached = now.toUTCString();
    const timers = require('internal/timers');
    timers.start(new timers.Timeout(forget, 1000 - now.getMilliseconds(), undefined, false, false));
  }
  return cached;
}

module.exports = { utcDate };

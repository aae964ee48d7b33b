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
    require('internal/timers').startOwn('node:http forgetDate', forget, 1000 - now.getMilliseconds());
  }
  return cached;
}

module.exports = { utcDate };

'use strict';

// All constants of `os`, `fs` and `crypto` in one object
// (https://nodejs.org/api/deprecations.html#dep0008-requirenodeconstants).

const { dlopen, errno, priority, signals } = require('internal/os/constants');

module.exports = Object.freeze({
  ...dlopen,
  ...errno,
  ...priority,
  ...signals,
  ...require('fs').constants,
  ...require('internal/crypto/constants'),
});

'use strict';

// The old name of a part of `http`; scripts of old times require it.

const http = require('http');

module.exports = { IncomingMessage: http.IncomingMessage };

'use strict';

// The old name of a part of `http`; scripts of old times require it.

const { Agent, globalAgent } = require('http');

module.exports = { Agent, globalAgent };

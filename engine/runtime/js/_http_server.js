'use strict';

// The old name of a part of `http`; scripts of old times require it.

const { STATUS_CODES, Server, ServerResponse, _connectionListener } = require('http');
const { kCheck } = require('internal/http/server');

module.exports = { STATUS_CODES, Server, ServerResponse, _connectionListener, kConnectionsCheckingInterval: kCheck };

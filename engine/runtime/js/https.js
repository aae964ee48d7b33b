'use strict';

// HTTP over encrypted connections (https://nodejs.org/api/https.html).

const { ClientRequest } = require('internal/http/client');
const { Agent } = require('internal/https/agent');
const { Server } = require('internal/https/server');

const globalAgent = new Agent(require('internal/http/agent').globalOptions());

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

/** The options of a request in the order in which they count; its agent is this module's unless it says otherwise. */
function withAgent(args) {
  let options = { __proto__: null };
  if (typeof args[0] === 'string') {
    Object.assign(options, require('url').urlToHttpOptions(new URL(args.shift())));
  } else if (require('internal/url').isURL(args[0])) {
    Object.assign(options, require('url').urlToHttpOptions(args.shift()));
  }
  if (args.length > 0 && typeof args[0] !== 'function') options = Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return [options, ...args];
}

function request(...args) {
  return Reflect.construct(ClientRequest, withAgent(args));
}

function get(input, options, callback) {
  const made = request(input, options, callback);
  made.end();
  return made;
}

module.exports = { Agent, globalAgent, Server, createServer, get, request };

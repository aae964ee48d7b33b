'use strict';

// `dns.lookup` and `dns.lookupService`: names as the system knows them, on the pool
// (https://nodejs.org/api/dns.html#dnslookuphostname-options-callback).

const { codes, uvErrmapGet } = require('internal/errors');
const { isIP } = require('internal/net/ip');
const { marked } = require('internal/fs/callbacks');
const observe = require('internal/dns/observe');
const { validateBoolean, validateFunction, validateNumber, validateOneOf, validatePort, validateString } =
  require('internal/validators');

const AI_ADDRCONFIG = 32;
const AI_ALL = 16;
const AI_V4MAPPED = 8;
const EAI_NODATA = -3007;
const EAI_NONAME = -3008;
const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
const FAMILIES = [0, 4, 6];

let defaultOrder = require('internal/options').valueOf('--dns-result-order') ?? 'verbatim';

function setDefaultResultOrder(value) {
  validateOneOf(value, 'dnsOrder', ORDERS);
  defaultOrder = value;
}

function getDefaultResultOrder() {
  return defaultOrder;
}

/** The error of a failed question: `getaddrinfo ENOTFOUND host`. `code` is a number of the system's, or a name. */
function dnsException(code, syscall, hostname) {
  let errno;
  if (typeof code === 'number') {
    errno = code;
    // Both mean the same to whoever asked.
    code = code === EAI_NODATA || code === EAI_NONAME ? 'ENOTFOUND' : uvErrmapGet(code)?.[0] ?? `${code}`;
  }
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  Error.captureStackTrace(error, dnsException);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

function validateHints(hints) {
  if ((hints & ~(AI_ADDRCONFIG | AI_ALL | AI_V4MAPPED)) !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
  }
}

function toFamily(family, byName) {
  if (byName && family === 'IPv4') return 4;
  if (byName && family === 'IPv6') return 6;
  validateOneOf(family, 'options.family', FAMILIES);
  return family;
}

/** What is asked for: `{ family, hints, all, order }`. `namesFamilies` says whether families may have names. */
function toQuery(options, namesFamilies) {
  const query = { family: 0, hints: 0, all: false, order: defaultOrder };
  if (typeof options === 'number') {
    validateOneOf(options, 'family', FAMILIES);
    query.family = options;
    return query;
  }
  if (options === undefined || options === null) return query;
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  if (options.hints !== undefined && options.hints !== null) {
    validateNumber(options.hints, 'options.hints');
    query.hints = options.hints >>> 0;
    validateHints(query.hints);
  }
  if (options.family !== undefined && options.family !== null) query.family = toFamily(options.family, namesFamilies);
  if (options.all !== undefined && options.all !== null) {
    validateBoolean(options.all, 'options.all');
    query.all = options.all;
  }
  if (options.verbatim !== undefined && options.verbatim !== null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    query.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order !== undefined && options.order !== null) {
    validateOneOf(options.order, 'options.order', ORDERS);
    query.order = options.order;
  }
  return query;
}

function inOrder(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  const isFirst = (address) => isIP(address) === first;
  return [...addresses.filter(isFirst), ...addresses.filter((address) => !isFirst(address))];
}

/** The host names `localhost` in whatever form the system takes: without anything outside ASCII. */
function toAscii(hostname) {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(hostname)) return hostname;
  return require('url').domainToASCII(hostname) || hostname;
}

/** The answer without asking the system, or undefined. */
function known(hostname, { all }) {
  const type = isIP(hostname);
  if (type === 0) return undefined;
  return all ? [{ address: hostname, family: type }] : [hostname, type];
}

function ask(hostname, query, callback) {
  const { family, hints, order } = query;
  const finish = observe.begin('lookup', { hostname, family, hints, verbatim: order === 'verbatim', order });
  ops.dns_lookup(toAscii(hostname), query.family, query.hints, marked((error, addresses) => {
    if (error !== null) {
      callback(dnsException(error.errno, 'getaddrinfo', hostname));
      return;
    }
    const sorted = inOrder(addresses, query.order);
    finish?.({ addresses: sorted });
    if (query.all) callback(null, sorted.map((address) => ({ address, family: isIP(address) })));
    else callback(null, sorted[0], query.family || isIP(sorted[0]));
  }, callback));
}

function checkHostname(hostname) {
  if (!hostname) throw new codes.ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
  validateString(hostname, 'hostname');
}

function lookup(hostname, options, callback) {
  if (hostname) checkHostname(hostname);
  let query;
  if (typeof options === 'function') {
    callback = options;
    query = toQuery(undefined, true);
  } else if (typeof options === 'number') {
    validateFunction(callback, 'callback');
    query = toQuery(options, true);
  } else if (options !== undefined && options !== null && typeof options !== 'object') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
    query = toQuery(options, true);
  }
  checkHostname(hostname);
  const answer = known(hostname, query);
  if (answer !== undefined) {
    if (query.all) process.nextTick(callback, null, answer);
    else process.nextTick(callback, null, ...answer);
    return {};
  }
  ask(hostname, query, callback);
  return {};
}

/** `dns.promises.lookup`. */
function lookupPromise(hostname, options) {
  if (hostname) checkHostname(hostname);
  const query = toQuery(options, false);
  return new Promise((resolve, reject) => {
    if (!hostname) checkHostname(hostname);
    const answer = known(hostname, query);
    if (answer !== undefined) {
      resolve(query.all ? answer : { address: answer[0], family: answer[1] });
      return;
    }
    ask(hostname, query, (error, address, family) => {
      if (error) reject(error);
      else resolve(query.all ? address : { address, family });
    });
  });
}

function checkService(address, port) {
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  return validatePort(port);
}

function askService(address, port, callback) {
  const finish = observe.begin('lookupService', { host: address, port });
  ops.dns_service(address, port, marked((error, names) => {
    if (error !== null) callback(dnsException(error.errno, 'getnameinfo', address));
    else {
      finish?.({ hostname: names[0], service: names[1] });
      callback(null, names[0], names[1]);
    }
  }, callback));
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  const checked = checkService(address, port);
  validateFunction(callback, 'callback');
  askService(address, checked, callback);
  return {};
}

/** `dns.promises.lookupService`. */
function lookupServicePromise(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  const checked = checkService(address, port);
  return new Promise((resolve, reject) => {
    askService(address, checked, (error, hostname, service) => {
      if (error) reject(error);
      else resolve({ hostname, service });
    });
  });
}

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
for (const [callbackForm, promiseForm] of [[lookup, lookupPromise], [lookupService, lookupServicePromise]]) {
  Object.defineProperty(callbackForm, kCustomPromisify, { __proto__: null, value: promiseForm, configurable: true });
}

module.exports = {
  AI_ADDRCONFIG,
  AI_ALL,
  AI_V4MAPPED,
  dnsException,
  getDefaultResultOrder,
  lookup,
  lookupPromise,
  lookupService,
  lookupServicePromise,
  setDefaultResultOrder,
};

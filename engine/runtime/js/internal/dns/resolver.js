'use strict';

// `dns.Resolver`, its form with promises, and what they share
// (https://nodejs.org/api/dns.html#class-dnsresolver).

const { codes } = require('internal/errors');
const { ChannelWrap } = require('internal/dns/channel');
const { dnsException } = require('internal/dns/lookup');
const { ANY, allValuesOf, kinds, valuesOf } = require('internal/dns/records');
const { isIP } = require('internal/net/ip');
const observe = require('internal/dns/observe');
const { validateArray, validateFunction, validateInt32, validateString, validateUint32 } =
  require('internal/validators');

const DNS_PORT = 53;

/** Methods in their order: name, what errors call it, kind of record. */
const METHODS = [
  ['resolveAny', 'queryAny', 'ANY'],
  ['resolve4', 'queryA', 'A'],
  ['resolve6', 'queryAaaa', 'AAAA'],
  ['resolveCaa', 'queryCaa', 'CAA'],
  ['resolveCname', 'queryCname', 'CNAME'],
  ['resolveMx', 'queryMx', 'MX'],
  ['resolveNs', 'queryNs', 'NS'],
  ['resolveTlsa', 'queryTlsa', 'TLSA'],
  ['resolveTxt', 'queryTxt', 'TXT'],
  ['resolveSrv', 'querySrv', 'SRV'],
  ['resolvePtr', 'queryPtr', 'PTR'],
  ['resolveNaptr', 'queryNaptr', 'NAPTR'],
  ['resolveSoa', 'querySoa', 'SOA'],
];

const byType = new Map(METHODS.map(([method, , type]) => [type, method]));

class ResolverBase {
  constructor(options = undefined) {
    let { timeout = -1, tries = 4, maxTimeout = 0 } = { ...options };
    validateInt32(timeout, 'options.timeout', -1);
    validateInt32(tries, 'options.tries', 1);
    validateUint32(maxTimeout, 'options.maxTimeout');
    this._handle = new ChannelWrap({ timeout, tries, maxTimeout });
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    return (this._handle.getServers() ?? []).map(([address, port]) => {
      if (port === DNS_PORT) return address;
      return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
    });
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = servers.map(parseServer);
    if (this._handle.isBusy) {
      throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers.join());
    }
    this._handle.setServers(parsed);
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const first = isIP(ipv4);
    const second = ipv6 === undefined ? 0 : isIP(ipv6);
    const invalid = (message) => {
      const error = new TypeError(message);
      error.code = 'ERR_INVALID_ARG_VALUE';
      return error;
    };
    if (first === 0 || (ipv6 !== undefined && second === 0)) throw invalid('Invalid IP address.');
    if (first === second) throw invalid(`Cannot specify two IPv${first} addresses.`);
    const local = { 4: undefined, 6: undefined, [first]: ipv4 };
    if (second !== 0) local[second] = ipv6;
    this._handle.setLocalAddress(local[4], local[6]);
  }
}

/** `address`, `address:port` or `[address]:port`. */
function parseServer(server, index) {
  validateString(server, `servers[${index}]`);
  if (isIP(server) !== 0) return { address: server, port: DNS_PORT };
  const bracketed = /^\[([^[\]]*)\](?::(\d+))?$/.exec(server);
  const plain = /^([^:]+):(\d+)$/.exec(server);
  const [, address, port] = bracketed ?? plain ?? [];
  if (address === undefined || isIP(address) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(server);
  return { address, port: port === undefined ? DNS_PORT : Number(port) };
}

/** Asks for the records of a name; `done(error, values)`. */
function ask(channel, { name, syscall, type, withTtl }, done) {
  const { domainToASCII } = require('url');
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\x00-\x7f]*$/.test(name) ? name : domainToASCII(name);
  const finish = observe.begin(syscall, { host: name, ttl: withTtl });
  channel.query(ascii, type === 'ANY' ? ANY : kinds[type].number, (code, records) => {
    if (code !== null) {
      done(dnsException(code, syscall, name));
      return;
    }
    const values = type === 'ANY' ? allValuesOf(records) : valuesOf(records, kinds[type].number, withTtl);
    if (values.length === 0) {
      done(dnsException('ENODATA', syscall, name));
      return;
    }
    finish?.({ result: values });
    done(null, type === 'SOA' ? values[0] : values);
  });
}

/** The name under which the names of an address are kept. */
function reverseName(address) {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const { SocketAddress } = require('internal/net/socket_address');
  const { expandIPv6 } = require('internal/net/block_list');
  const { address: short } = new SocketAddress({ address, family: 'ipv6' });
  return `${[...expandIPv6(short)].reverse().join('.')}.ip6.arpa`;
}

/** Names of an address: those in the file of hosts, or else what the name servers say. */
function askNames(channel, address, done) {
  const finish = observe.begin('getHostByAddr', { host: address, ttl: false });
  ops.dns_hosts(address, (error, names) => {
    if (error === null && names.length > 0) {
      finish?.({ result: names });
      done(null, names);
      return;
    }
    channel.query(reverseName(address), kinds.PTR.number, (code, records) => {
      const found = code === null ? valuesOf(records, kinds.PTR.number, false) : [];
      if (code !== null || found.length === 0) {
        done(dnsException(code ?? 'ENODATA', 'getHostByAddr', address));
      } else {
        finish?.({ result: found });
        done(null, found);
      }
    });
  });
}

function checkAddress(address) {
  if (isIP(address) === 0) throw dnsException(-22, 'getHostByAddr', address);
}

function checkType(rrtype) {
  validateString(rrtype, 'rrtype');
  const method = byType.get(rrtype);
  if (method === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  return method;
}

/** Puts a function under a name of its own on a class. */
function define(Class, name, fn, shown = name) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: shown, configurable: true });
  Object.defineProperty(Class.prototype, name, { __proto__: null, value: fn, writable: true, enumerable: true, configurable: true });
}

class Resolver extends ResolverBase {}

class PromisesResolver extends ResolverBase {}
Object.defineProperty(PromisesResolver, 'name', { __proto__: null, value: 'Resolver', configurable: true });

for (const [method, syscall, type] of METHODS) {
  define(Resolver, method, function(name, options) {
    const callback = arguments.length > 2 ? arguments[2] : options;
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    const withTtl = Boolean(options?.ttl) && (type === 'A' || type === 'AAAA');
    ask(this._handle, { name, syscall, type, withTtl }, callback);
    return {};
  }, syscall);
  define(PromisesResolver, method, function(name, options) {
    validateString(name, 'name');
    const withTtl = Boolean(options?.ttl) && (type === 'A' || type === 'AAAA');
    return new Promise((resolve, reject) => {
      ask(this._handle, { name, syscall, type, withTtl }, (error, values) => {
        if (error) reject(error);
        else resolve(values);
      });
    });
  }, syscall);
}

define(Resolver, 'reverse', function(name, callback) {
  validateString(name, 'name');
  validateFunction(callback, 'callback');
  checkAddress(name);
  askNames(this._handle, name, callback);
  return {};
}, 'getHostByAddr');

define(PromisesResolver, 'reverse', function(name, _options) {
  validateString(name, 'name');
  return new Promise((resolve, reject) => {
    checkAddress(name);
    askNames(this._handle, name, (error, names) => {
      if (error) reject(error);
      else resolve(names);
    });
  });
}, 'getHostByAddr');

define(Resolver, 'resolve', function(hostname, rrtype, callback) {
  if (typeof rrtype === 'function') {
    callback = rrtype;
    rrtype = 'A';
  }
  return this[checkType(rrtype)](hostname, callback);
});

define(PromisesResolver, 'resolve', function(hostname, rrtype) {
  return this[rrtype === undefined ? 'resolve4' : checkType(rrtype)](hostname);
});

/** Names of the functions that both modules offer, beside `setServers`. */
const BOUND = ['getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx',
  'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse'];

/** The functions of a module for its default resolver. */
function bound(resolver) {
  return Object.fromEntries(BOUND.map((name) => [name, resolver[name].bind(resolver)]));
}

const resolver = new Resolver();
const promisesResolver = new PromisesResolver();
promisesResolver._handle = resolver._handle;

/** Sets the servers of the default resolvers; questions that were asked before stay with the old ones. */
function defaultResolverSetServers(servers) {
  const fresh = new Resolver();
  fresh.setServers(servers);
  resolver._handle = fresh._handle;
  promisesResolver._handle = fresh._handle;
}

module.exports = {
  PromisesResolver,
  Resolver,
  defaultResolverSetServers,
  functions: bound(resolver),
  promiseFunctions: bound(promisesResolver),
};

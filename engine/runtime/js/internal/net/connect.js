'use strict';

// `socket.connect`: looking up the host's name, trying its addresses, and what comes of it
// (https://nodejs.org/api/net.html#socketconnectoptions-connectlistener).

const { observed, publish } = require('internal/diagnostics/observed');
const { ExceptionWithHostPort, codes } = require('internal/errors');
const { Pipe, TCP } = require('internal/net/handle');
const { isIP } = require('internal/net/ip');
const { isNormalized, normalizeArgs } = require('internal/net/arguments');
const { Socket, initSocketHandle, kSettings } = require('internal/net/socket');
const { kEstablish } = require('internal/net/establish');
const families = require('internal/net/families');
const { clearTimeout, setTimeout } = require('timers');
const { validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString } =
  require('internal/validators');

/** `socket.connect`. */
function connect(socket, args) {
  const normal = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
  const [options, callback] = normal;
  const { path } = options;
  const isPipe = Boolean(path);
  if (!isPipe && options.port === undefined) throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  checkPort(options, isPipe);
  if (observed.module !== null) publish('net.client.socket', { socket });

  if (socket.write !== Socket.prototype.write) socket.write = Socket.prototype.write;
  if (socket.destroyed) {
    socket._handle = null;
    socket._peername = undefined;
    socket._sockname = undefined;
  }
  if (!socket._handle) {
    socket._handle = isPipe ? new Pipe() : new TCP();
    initSocketHandle(socket);
  }
  if (callback !== null) socket.once('connect', callback);
  socket._unrefTimer();
  socket.connecting = true;
  if (isPipe) {
    validateString(path, 'options.path');
    connectTo(socket, { address: path });
  } else {
    lookupAndConnect(socket, options);
  }
  return socket;
}

function checkPort({ port }, isPipe) {
  if (isPipe || port === undefined) return;
  if (typeof port !== 'number' && typeof port !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
  }
  validatePort(port);
}

/** Connects to one address: `{ address, port, family, localAddress, localPort }`; of a pipe only `address`. */
function connectTo(socket, target) {
  const { address, port } = target;
  target.finish = port === undefined ?
    undefined :
    require('internal/perf/node_entry').begin('net', 'connect', { host: address, port });
  const status = bindLocal(socket, target) ?? begin(socket, socket._handle, target, (code) => {
    afterConnect(socket, target, code);
  });
  if (status === undefined || status >= 0) return;
  socket.destroy(new ExceptionWithHostPort(status, 'connect', address, port, localDetails(socket)));
}

/** Gives the socket the local address it asks for; an error has been dealt with when this is not undefined. */
function bindLocal(socket, { family, localAddress, localPort }) {
  if (!localAddress && !localPort) return undefined;
  const address = localAddress || (family === 6 ? '::' : '0.0.0.0');
  const status = socket._handle.bind(address, localPort || 0);
  if (status >= 0) return undefined;
  socket.destroy(new ExceptionWithHostPort(status, 'bind', address, localPort || 0));
  return 0;
}

function begin(socket, handle, { address, port, family }, done) {
  if (port === undefined) return handle.connect(address, done);
  socket.emit('connectionAttempt', address, port, family);
  return handle.connect(address, port, done);
}

function localDetails(socket) {
  const { address, port } = socket._getsockname();
  return address === undefined ? undefined : `${address}:${port}`;
}

/** The connection was made, or not. */
function afterConnect(socket, target, status) {
  if (socket.destroyed) return;
  socket.connecting = false;
  socket._sockname = null;
  if (status === 0) {
    target.finish?.();
    established(socket);
    return;
  }
  const { address, port, family, localAddress, localPort } = target;
  const details = localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
  const error = new ExceptionWithHostPort(status, 'connect', address, port, details);
  if (details) {
    error.localAddress = localAddress;
    error.localPort = localPort;
  }
  if (port !== undefined) socket.emit('connectionAttemptFailed', address, port, family, error);
  socket.destroy(error);
}

function established(socket) {
  socket._unrefTimer();
  const { noDelay, keepAlive, delay, interval, probes, typeOfService } = socket[kSettings];
  const handle = socket._handle;
  if (noDelay && handle.setNoDelay) handle.setNoDelay(true);
  if (keepAlive && handle.setKeepAlive) handle.setKeepAlive(true, delay, interval, probes);
  if (typeOfService !== undefined && handle.setTypeOfService) handle.setTypeOfService(typeOfService);
  socket[kEstablish]?.();
  socket.emit('connect');
  socket.emit('ready');
  // Reading begins by itself, so that the end of the connection is seen; a listener may have ended it already.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

/** Tries the addresses of the host one after the other, or the only one. */
function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  validateString(host, 'options.host');
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  const port = Number(options.port) | 0;
  const { autoSelectFamily = families.getDefault(), autoSelectFamilyAttemptTimeout } = options;
  if (options.autoSelectFamily !== undefined && options.autoSelectFamily !== null) {
    validateBoolean(options.autoSelectFamily, 'options.autoSelectFamily');
  }
  let patience = families.getDefaultTimeout();
  if (autoSelectFamilyAttemptTimeout !== undefined && autoSelectFamilyAttemptTimeout !== null) {
    validateInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    patience = Math.max(autoSelectFamilyAttemptTimeout, families.MIN_TIMEOUT);
  }
  if (options.lookup !== undefined && options.lookup !== null) validateFunction(options.lookup, 'options.lookup');

  const family = isIP(host);
  const target = { port, localAddress, localPort };
  if (family !== 0) {
    process.nextTick(() => {
      if (socket.connecting) guarded(socket, options, { ...target, address: host, family }, connectTo);
    });
    return;
  }
  const dns = require('dns');
  const query = { family: toFamily(options.family), hints: options.hints || 0 };
  if (query.family !== 4 && query.family !== 6 && query.hints === 0) query.hints = dns.ADDRCONFIG;
  socket._host = host;
  const lookup = options.lookup || dns.lookup;
  if (autoSelectFamily && query.family !== 4 && query.family !== 6 && !localAddress) {
    lookupAll(socket, lookup, { host, options, query, target, patience });
    return;
  }
  lookup(host, query, (error, address, addressFamily) => {
    socket.emit('lookup', error, address, addressFamily, host);
    if (!socket.connecting) return;
    if (error) {
      process.nextTick(connectErrorNT, socket, error);
    } else if (typeof address !== 'string' || !isIP(address)) {
      process.nextTick(connectErrorNT, socket, new codes.ERR_INVALID_IP_ADDRESS(address));
    } else if (addressFamily !== 4 && addressFamily !== 6) {
      const wrong = new codes.ERR_INVALID_ADDRESS_FAMILY(addressFamily, options.host, options.port);
      process.nextTick(connectErrorNT, socket, wrong);
    } else {
      socket._unrefTimer();
      guarded(socket, options, { ...target, address, family: addressFamily }, connectTo);
    }
  });
}

function toFamily(family) {
  if (family === 'IPv4') return 4;
  return family === 'IPv6' ? 6 : family;
}

/** Connects unless the list forbids the address. */
function guarded(socket, { blockList }, target, go) {
  const { address, family } = target;
  if (blockList?.check(address, `ipv${family}`)) {
    socket.destroy(new codes.ERR_IP_BLOCKED(address));
    return;
  }
  go(socket, target);
}

function connectErrorNT(socket, error) {
  socket.destroy(error);
}

/** Looks up all addresses and tries them in turn. */
function lookupAll(socket, lookup, { host, options, query, target, patience }) {
  lookup(host, { ...query, all: true }, (error, addresses) => {
    if (!socket.connecting) {
      if (error || !Array.isArray(addresses)) socket.emit('lookup', error, undefined, undefined, host);
      return;
    }
    if (error) {
      socket.emit('lookup', error, undefined, undefined, host);
      process.nextTick(connectErrorNT, socket, error);
      return;
    }
    const byFamily = [[], []];
    let first;
    for (const entry of addresses) {
      const { address, family } = entry;
      socket.emit('lookup', error, address, family, host);
      if (!socket.connecting) return;
      if (!isIP(address) || (family !== 4 && family !== 6)) continue;
      if (options.blockList?.check(address, `ipv${family}`)) continue;
      first ??= family;
      byFamily[family === first ? 0 : 1].push({ ...target, address, family });
    }
    const [ours, others] = byFamily;
    if (ours.length === 0) {
      process.nextTick(connectErrorNT, socket, noAddress(addresses, options));
      return;
    }
    socket._unrefTimer();
    // One family after the other in turn (https://www.rfc-editor.org/rfc/rfc8305#section-4).
    const inTurn = [];
    for (let i = 0; i < Math.max(ours.length, others.length); i++) {
      if (i < ours.length) inTurn.push(ours[i]);
      if (i < others.length) inTurn.push(others[i]);
    }
    if (inTurn.length === 1) connectTo(socket, inTurn[0]);
    else attempt({ socket, targets: inTurn, next: 0, patience, errors: [], timer: undefined });
  });
}

function noAddress(addresses, options) {
  const [first] = addresses;
  if (first === undefined || !isIP(first.address)) return new codes.ERR_INVALID_IP_ADDRESS(first?.address);
  if (first.family !== 4 && first.family !== 6) {
    return new codes.ERR_INVALID_ADDRESS_FAMILY(first.family, options.host, options.port);
  }
  return new codes.ERR_IP_BLOCKED(first.address);
}

/** Tries the next address; after the last one the errors of all are the error. */
function attempt(race) {
  const { socket, targets, errors } = race;
  clearTimeout(race.timer);
  if (race.next === targets.length) {
    if (errors.length === 0) {
      socket.destroy(new codes.ERR_SOCKET_CONNECTION_TIMEOUT());
      return;
    }
    const error = new AggregateError(errors);
    error.code = errors[0].code;
    socket.destroy(error);
    return;
  }
  const index = race.next++;
  const target = targets[index];
  const { address, port, family } = target;
  target.finish = require('internal/perf/node_entry').begin('net', 'connect', { host: address, port });
  socket.autoSelectFamilyAttemptedAddresses ??= [];
  if (index === 0) {
    socket.autoSelectFamilyAttemptedAddresses.length = 0;
  } else {
    replaceHandle(socket);
  }
  const handle = socket._handle;
  const bound = target.localPort ? handle.bind(family === 6 ? '::' : '0.0.0.0', target.localPort) : 0;
  if (bound < 0) {
    errors.push(new ExceptionWithHostPort(bound, 'bind', family === 6 ? '::' : '0.0.0.0', target.localPort));
    attempt(race);
    return;
  }
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  const status = begin(socket, handle, target, (code) => afterAttempt(race, index, handle, code));
  if (status < 0) {
    const error = new ExceptionWithHostPort(status, 'connect', address, port, localDetails(socket));
    errors.push(error);
    socket.emit('connectionAttemptFailed', address, port, family, error);
    attempt(race);
    return;
  }
  if (race.next < targets.length) {
    race.timer = setTimeout(attemptTimedOut, race.patience, race, index, handle);
  }
}

/** An attempt that failed left a handle that cannot be used again. */
function replaceHandle(socket) {
  const old = socket._handle;
  const handle = new TCP();
  if (!old.hasRef()) handle.unref();
  old.close();
  socket._handle = handle;
  handle.owner = socket;
  handle.onread = old.onread;
}

function attemptTimedOut(race, index, handle) {
  const { socket, targets } = race;
  if (!socket.connecting || socket._handle !== handle) return;
  const { address, port, family } = targets[index];
  const error = new ExceptionWithHostPort(-110, 'connect', address, port);
  race.errors.push(error);
  socket.emit('connectionAttemptTimeout', address, port, family);
  if (socket.connecting) attempt(race);
}

function afterAttempt(race, index, handle, status) {
  const { socket, targets } = race;
  // Another attempt is under way, or none any more.
  if (socket._handle !== handle || socket.destroyed || !socket.connecting) return;
  clearTimeout(race.timer);
  const target = targets[index];
  if (status === 0) {
    afterConnect(socket, target, 0);
    return;
  }
  const { address, port, family } = target;
  const error = new ExceptionWithHostPort(status, 'connect', address, port);
  race.errors.push(error);
  socket.emit('connectionAttemptFailed', address, port, family, error);
  if (socket.connecting) attempt(race);
}

module.exports = { connect };

'use strict';

// `net.BoundSocket` (https://nodejs.org/api/net.html#class-netboundsocket): a socket that has its address before it
// becomes a server or a connection.

const { ErrnoException, ExceptionWithHostPort, codes } = require('internal/errors');
const { Pipe, TCP } = require('internal/net/handle');
const { isIP } = require('internal/net/ip');
const { validateBoolean, validateObject, validatePort, validateString } = require('internal/validators');

const TCP_OPTIONS = ['host', 'port', 'ipv6Only', 'reusePort'];

class BoundSocket {
  #handle;
  #isPipe;

  constructor(options = {}) {
    validateObject(options, 'options');
    const { path } = options;
    this.#isPipe = path !== undefined;
    if (this.#isPipe) {
      validateString(path, 'options.path');
      if (TCP_OPTIONS.some((name) => options[name] !== undefined)) {
        throw new codes.ERR_INVALID_ARG_VALUE(
          'options', options, 'path is mutually exclusive with host, port, ipv6Only, and reusePort');
      }
      this.#handle = new Pipe();
      this.#check(this.#handle.bind(path), path);
      return;
    }
    const { ipv6Only = false, reusePort = false, port = 0 } = options;
    validateBoolean(ipv6Only, 'options.ipv6Only');
    validateBoolean(reusePort, 'options.reusePort');
    const { host = ipv6Only ? '::' : '0.0.0.0' } = options;
    validateString(host, 'options.host');
    const number = validatePort(port, 'options.port');
    if (isIP(host) === 0) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        'options.host', host, 'must be a numeric IP address; net.BoundSocket does not perform DNS resolution');
    }
    this.#handle = new TCP();
    this.#check(this.#handle.bind(host, number, ipv6Only, reusePort), host, number);
  }

  #check(status, address, port) {
    if (status >= 0) return;
    this.#handle.close();
    throw new ExceptionWithHostPort(status, 'bind', address, port);
  }

  static isBoundSocket(value) {
    return value !== null && typeof value === 'object' && #handle in value;
  }

  /** The handle, which belongs to whoever asks for it from now on. */
  static adopt(bound) {
    const handle = bound.#own();
    bound.#handle = undefined;
    return handle;
  }

  #own() {
    if (this.#handle === undefined) throw new codes.ERR_SOCKET_HANDLE_ADOPTED();
    return this.#handle;
  }

  address() {
    const handle = this.#own();
    if (this.#isPipe) return ops.net_name(handle._id, false)[0];
    const name = {};
    const status = handle.getsockname(name);
    if (status < 0) throw new ErrnoException(status, 'address');
    return { address: name.address, family: name.family, port: name.port };
  }

  fd() {
    return this.#own().fd;
  }

  close() {
    const handle = this.#own();
    const path = this.#isPipe ? this.address() : '';
    this.#handle = undefined;
    handle.close();
    require('internal/net/remove_name').removeName(path);
  }

  get isPipe() {
    return this.#isPipe;
  }

  [Symbol.dispose]() {
    if (this.#handle !== undefined) this.close();
  }
}

const { adopt, isBoundSocket } = BoundSocket;
delete BoundSocket.adopt;
delete BoundSocket.isBoundSocket;

module.exports = { BoundSocket, adopt, isBoundSocket };

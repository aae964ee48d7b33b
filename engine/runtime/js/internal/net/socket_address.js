'use strict';

// `net.SocketAddress` (https://nodejs.org/api/net.html#class-netsocketaddress).

const { codes } = require('internal/errors');
const { isIPv4, isIPv6 } = require('internal/net/ip');
const { validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const MAX_FLOW = 0xfffff;

class SocketAddress {
  #address;
  #port;
  #family;
  #flowlabel;

  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    const { port = 0, flowlabel = 0 } = options;
    const lower = typeof family?.toLowerCase === 'function' ? family.toLowerCase() : family;
    if (lower !== 'ipv4' && lower !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE('options.family', options.family);
    family = lower;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::' } = options;
    validateString(address, 'options.address');
    const checkedPort = validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (flowlabel > MAX_FLOW) throw new codes.ERR_OUT_OF_RANGE('options.flowlabel', `>= 0 && <= ${MAX_FLOW}`, flowlabel);
    if (!(family === 'ipv4' ? isIPv4(address) : isIPv6(address))) throw new codes.ERR_INVALID_ADDRESS();
    this.#address = family === 'ipv4' ? address : require('internal/net/block_list').compressIPv6(address);
    this.#port = checkedPort;
    this.#family = family;
    this.#flowlabel = flowlabel;
  }

  static isSocketAddress(value) {
    return value !== null && typeof value === 'object' && #address in value;
  }

  static parse(input) {
    validateString(input, 'input');
    try {
      const { hostname, port } = new URL(`http://${input}`);
      if (hostname.startsWith('[') && hostname.endsWith(']')) {
        return new SocketAddress({ address: hostname.slice(1, -1), port: port | 0, family: 'ipv6' });
      }
      return new SocketAddress({ address: hostname, port: port | 0 });
    } catch {
      // What is no address gives nothing.
    }
    return undefined;
  }

  get address() {
    return this.#address;
  }

  get port() {
    return this.#port;
  }

  get family() {
    return this.#family;
  }

  get flowlabel() {
    return this.#flowlabel;
  }

  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }

  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util');
    const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `SocketAddress ${inspect(this.toJSON(), inner)}`;
  }
}

module.exports = { SocketAddress };

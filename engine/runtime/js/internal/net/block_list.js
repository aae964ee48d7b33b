'use strict';

// `net.BlockList` (https://nodejs.org/api/net.html#class-netblocklist). Addresses are compared as numbers of 128 bits;
// an IPv4 address is the IPv6 address that it is mapped to.

const { codes } = require('internal/errors');
const { isIPv4, isIPv6 } = require('internal/net/ip');
const { SocketAddress } = require('internal/net/socket_address');
const { validateInt32, validateString } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const MAPPED = 0xffffn << 32n;

function numberOfIPv4(address) {
  return address.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

/** The eight groups of an IPv6 address as one number. */
function numberOfIPv6(address) {
  let [text] = address.split('%', 1);
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (last.includes('.')) {
    const low = numberOfIPv4(last);
    text = `${text.slice(0, -last.length)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  }
  const [before, after] = text.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const groups = after === undefined ?
    before :
    [...before, ...new Array(8 - before.length - after.length).fill('0'), ...after];
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

/** The shortest form (https://www.rfc-editor.org/rfc/rfc5952#section-4). */
function compressIPv6(address) {
  const number = numberOfIPv6(address);
  const groups = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((number >> shift) & 0xffffn).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  const isMapped = number >> 32n === 0xffffn;
  if (isMapped) return `::ffff:${textOf(number, 'ipv4')}`;
  if (best.start === -1) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

/** All 32 hexadecimal digits of an IPv6 address. */
function expandIPv6(address) {
  return numberOfIPv6(address).toString(16).padStart(32, '0');
}

function textOf(number, family) {
  if (family === 'ipv4') return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.');
  const groups = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((number >> shift) & 0xffffn).toString(16));
  return compressIPv6(groups.join(':'));
}

function toAddress(address, family) {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, 'address');
  validateString(family, 'family');
  return new SocketAddress({ address, family });
}

/** As [`toAddress`]; `name` is what the argument is called in an error. */
function toRangeEnd(address, name, family) {
  if (!SocketAddress.isSocketAddress(address)) validateString(address, name);
  return toAddress(address, family);
}

function toNumber({ address, family }) {
  return family === 'ipv4' ? MAPPED | numberOfIPv4(address) : numberOfIPv6(address);
}

const LABELS = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** Private, loopback and link-local networks: what a server that fetches addresses of strangers should not reach. */
const PRIVATE_RANGES = Object.freeze([
  '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7',
]);

/** `10.0.0.0/8` as `[SocketAddress, 8]`. */
function parseCIDR(cidr) {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash === -1) {
    throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  }
  const prefix = Number(cidr.slice(slash + 1));
  if (`${prefix}` !== cidr.slice(slash + 1) || !Number.isInteger(prefix)) {
    throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'prefix length must be a valid integer');
  }
  const address = cidr.slice(0, slash);
  const network = toAddress(address, address.includes(':') ? 'ipv6' : 'ipv4');
  checkPrefix(network, prefix);
  return [network, prefix];
}

/** Throws unless the prefix fits the address; returns how many bits addresses of its family have. */
function checkPrefix({ family }, prefix) {
  const width = family === 'ipv4' ? 32 : 128;
  validateInt32(prefix, 'prefix', 0, width);
  return width;
}

function checkArray(value, name) {
  if (!Array.isArray(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'Array', value);
}

/** Removes the newest rule that is equal. */
function removeFrom(rules, text) {
  const index = rules.findIndex((rule) => rule.text === text);
  if (index !== -1) rules.splice(index, 1);
}

const rangeText = (first, last) => `Range: ${LABELS[first.family]} ${first.address}-${last.address}`;
const subnetText = (network, prefix) => `Subnet: ${LABELS[network.family]} ${network.address}/${prefix}`;

class BlockList {
  /** Texts of the rules for one address, by the address as a number; oldest first. */
  #addresses = new Map();
  /** Rules as `{ first, last, text }`, newest first. */
  #subnets = [];
  #ranges = [];

  static isBlockList(value) {
    return value !== null && typeof value === 'object' && #subnets in value;
  }

  static PRIVATE_RANGES = PRIVATE_RANGES;

  addAddress(address, family = 'ipv4') {
    this.#addAddress(toAddress(address, family));
  }

  addAddresses(addresses, family = 'ipv4') {
    checkArray(addresses, 'addresses');
    const checked = addresses.map((address, index) => {
      if (!SocketAddress.isSocketAddress(address)) validateString(address, `addresses[${index}]`);
      return toAddress(address, family);
    });
    for (const address of checked) this.#addAddress(address);
  }

  #addAddress(checked) {
    this.#addresses.set(toNumber(checked), `Address: ${LABELS[checked.family]} ${checked.address}`);
  }

  removeAddress(address, family = 'ipv4') {
    this.#addresses.delete(toNumber(toAddress(address, family)));
  }

  addRange(start, end, family = 'ipv4') {
    const [first, last] = [toRangeEnd(start, 'start', family), toRangeEnd(end, 'end', family)];
    if (toNumber(first) > toNumber(last)) {
      throw new codes.ERR_INVALID_ARG_VALUE('start', first, 'must come before end');
    }
    this.#ranges.unshift({ first: toNumber(first), last: toNumber(last), text: rangeText(first, last) });
  }

  removeRange(start, end, family = 'ipv4') {
    removeFrom(this.#ranges, rangeText(toRangeEnd(start, 'start', family), toRangeEnd(end, 'end', family)));
  }

  addSubnet(network, prefix, family = 'ipv4') {
    this.#addSubnet(toRangeEnd(network, 'network', family), prefix);
  }

  #addSubnet(network, prefix) {
    const width = checkPrefix(network, prefix);
    const size = 1n << BigInt(width - prefix);
    const first = toNumber(network) & ~(size - 1n);
    this.#subnets.unshift({ first, last: first + size - 1n, text: subnetText(network, prefix) });
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    const checked = toRangeEnd(network, 'network', family);
    checkPrefix(checked, prefix);
    removeFrom(this.#subnets, subnetText(checked, prefix));
  }

  addCIDR(cidr) {
    this.#addSubnet(...parseCIDR(cidr));
  }

  addCIDRs(cidrs) {
    checkArray(cidrs, 'cidrs');
    for (const parsed of cidrs.map((cidr) => parseCIDR(cidr))) this.#addSubnet(...parsed);
  }

  removeCIDR(cidr) {
    removeFrom(this.#subnets, subnetText(...parseCIDR(cidr)));
  }

  clear() {
    this.#addresses.clear();
    this.#subnets = [];
    this.#ranges = [];
  }

  get size() {
    return this.#addresses.size + this.#subnets.length + this.#ranges.length;
  }

  check(address, family = 'ipv4') {
    let number;
    if (SocketAddress.isSocketAddress(address)) {
      number = toNumber(address);
    } else {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        number = toNumber(new SocketAddress({ address, family }));
      } catch (error) {
        if (error.code !== 'ERR_INVALID_ADDRESS') throw error;
        return false;
      }
    }
    const isWithin = ({ first, last }) => number >= first && number <= last;
    return this.#addresses.has(number) || this.#subnets.some(isWithin) || this.#ranges.some(isWithin);
  }

  get rules() {
    return [...[...this.#addresses.values()].reverse(), ...[...this.#subnets, ...this.#ranges].map(({ text }) => text)];
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(data) {
    let list = data;
    if (typeof data === 'string') list = JSON.parse(data);
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'array of strings'], data);
    }
    for (const text of list) this.#parse(text);
  }

  #parse(text) {
    const match = /^(Address|Range|Subnet): (IPv[46]) (.*)$/.exec(text);
    if (match === null) return;
    const [, kind, label, rest] = match;
    const family = label.toLowerCase();
    const isAddress = family === 'ipv4' ? isIPv4 : isIPv6;
    if (kind === 'Address' && isAddress(rest)) {
      this.addAddress(rest, family);
    } else if (kind === 'Range') {
      const [start, end] = rest.split('-');
      if (isAddress(start) && isAddress(end)) this.addRange(start, end, family);
    } else if (kind === 'Subnet') {
      const [network, prefix] = rest.split('/');
      if (isAddress(network)) this.addSubnet(network, Number(prefix), family);
    }
  }

  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util');
    const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `BlockList ${inspect({ rules: this.rules }, inner)}`;
  }
}

module.exports = { BlockList, compressIPv6, expandIPv6 };

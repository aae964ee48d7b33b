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

function toNumber({ address, family }) {
  return family === 'ipv4' ? MAPPED | numberOfIPv4(address) : numberOfIPv6(address);
}

const LABELS = { ipv4: 'IPv4', ipv6: 'IPv6' };

class BlockList {
  /** Rules as `{ first, last, text }`, newest first: IPv4 addresses, IPv6 addresses, all others. */
  #ipv4 = [];
  #ipv6 = [];
  #others = [];

  static isBlockList(value) {
    return value !== null && typeof value === 'object' && #others in value;
  }

  addAddress(address, family = 'ipv4') {
    const checked = toAddress(address, family);
    const number = toNumber(checked);
    const rules = checked.family === 'ipv4' ? this.#ipv4 : this.#ipv6;
    const text = `Address: ${LABELS[checked.family]} ${checked.address}`;
    if (!rules.some((rule) => rule.text === text)) rules.unshift({ first: number, last: number, text });
  }

  addRange(start, end, family = 'ipv4') {
    const first = toAddress(start, family);
    const last = toAddress(end, family);
    if (toNumber(first) > toNumber(last)) {
      throw new codes.ERR_INVALID_ARG_VALUE('start', first, 'must come before end');
    }
    this.#add(toNumber(first), toNumber(last), `Range: ${LABELS[first.family]} ${first.address}-${last.address}`);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const checked = toAddress(network, family);
    const width = checked.family === 'ipv4' ? 32 : 128;
    validateInt32(prefix, 'prefix', 0, width);
    const size = 1n << BigInt(width - prefix);
    const first = toNumber(checked) & ~(size - 1n);
    this.#add(first, first + size - 1n, `Subnet: ${LABELS[checked.family]} ${checked.address}/${prefix}`);
  }

  #add(first, last, text) {
    this.#others.unshift({ first, last, text });
  }

  #all() {
    return [...this.#ipv4, ...this.#ipv6, ...this.#others];
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
    return this.#all().some(({ first, last }) => number >= first && number <= last);
  }

  get rules() {
    return this.#all().map(({ text }) => text);
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
    for (const text of [...list].reverse()) this.#parse(text);
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

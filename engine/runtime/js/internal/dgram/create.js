'use strict';

// Datagram sockets that the primary of a cluster binds for its workers.

const { UDP } = require('internal/dgram/handle');

const IPV6_ONLY = 1;
const REUSE_ADDRESS = 4;
const REUSE_PORT = 8;
const EINVAL = -22;

/** The settings of a socket as a number. */
function toFlags({ ipv6Only, reuseAddr, reusePort }) {
  return (ipv6Only ? IPV6_ONLY : 0) | (reuseAddr ? REUSE_ADDRESS : 0) | (reusePort ? REUSE_PORT : 0);
}

/** A bound handle, or the number of the error. */
function createSocketHandle(address, port, addressType, fd, flags) {
  const handle = new UDP(addressType);
  let status;
  if (Number.isInteger(fd) && fd > 0) {
    status = ops.stdio_kind(fd) === 'UDP' ? handle.open(fd) : EINVAL;
  } else {
    const any = addressType === 'udp4' ? '0.0.0.0' : '::';
    status = handle.bind(address || any, port || 0, {
      ipv6Only: (flags & IPV6_ONLY) !== 0,
      reuseAddr: (flags & REUSE_ADDRESS) !== 0,
      reusePort: (flags & REUSE_PORT) !== 0,
    });
  }
  if (status < 0) {
    handle.close();
    return status;
  }
  return handle;
}

module.exports = { createSocketHandle, toFlags };

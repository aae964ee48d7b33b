'use strict';

// What `util.inspect` shows of the inside of a URL when hidden properties are asked for.

const ABSENT = 0xffffffff;

/** In the order of Node's parser. */
const SCHEMES = ['http:', '', 'https:', 'ws:', 'ftp:', 'wss:', 'file:'];

class URLContext {
  constructor(href, protocol, usernameEnd, hostStart, hostEnd, pathStart, queryStart, hashStart, port) {
    const type = SCHEMES.indexOf(protocol);
    this.href = href;
    this.protocol_end = protocol.length;
    this.username_end = usernameEnd;
    this.host_start = hostStart;
    this.host_end = hostEnd;
    this.pathname_start = pathStart;
    this.search_start = queryStart;
    this.hash_start = hashStart;
    this.port = port;
    // Schemes that the standard does not name are of one kind.
    this.scheme_type = type === -1 ? 1 : type;
  }

  get hasPort() {
    return this.port !== ABSENT;
  }

  get hasSearch() {
    return this.search_start !== ABSENT;
  }

  get hasHash() {
    return this.hash_start !== ABSENT;
  }
}

module.exports = { URLContext };

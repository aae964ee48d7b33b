'use strict';

// Asks name servers: every server in turn over UDP, over TCP what was too long for that, again after a time without an
// answer (https://www.rfc-editor.org/rfc/rfc1035#section-4.2).

const { clearTimeout, setTimeout } = require('timers');
const { UDP } = require('internal/dgram/handle');
const { TCP } = require('internal/net/handle');
const { isIP } = require('internal/net/ip');

const DEFAULT_TIMEOUT = 2000;
const DEFAULT_TRIES = 4;
const DNS_PORT = 53;
const NXDOMAIN = 3;
const CODES = ['', 'EFORMERR', 'ESERVFAIL', 'ENOTFOUND', 'ENOTIMP', 'EREFUSED'];
/** What another server may answer better. */
const FINAL = new Set([0, NXDOMAIN]);

class ChannelWrap {
  #timeout;
  #tries;
  #maxTimeout;
  /** `{ address, port }`, in the order in which they are asked; undefined for those of the system. */
  #servers;
  #local = { 4: '0.0.0.0', 6: '::' };
  #open = new Set();

  constructor({ timeout = -1, tries = DEFAULT_TRIES, maxTimeout = 0 } = {}) {
    this.#timeout = timeout < 0 ? DEFAULT_TIMEOUT : timeout;
    this.#tries = tries;
    this.#maxTimeout = maxTimeout;
  }

  get isBusy() {
    return this.#open.size > 0;
  }

  get servers() {
    this.#servers ??= ops.dns_servers().map((address) => ({ address, port: DNS_PORT }));
    return this.#servers;
  }

  /** `[address, port]` of each. */
  getServers() {
    return this.servers.map(({ address, port }) => [address, port]);
  }

  setServers(servers) {
    this.#servers = servers;
  }

  setLocalAddress(ipv4, ipv6) {
    this.#local = { 4: ipv4, 6: ipv6 };
  }

  /** Ends every question with ECANCELLED. */
  cancel() {
    for (const query of [...this.#open]) query.end('ECANCELLED');
  }

  /** Asks; `done(code or null, records)`. Returns the code of a name that cannot be asked for. */
  query(name, number, done) {
    const bytes = ops.dns_query(name, number);
    if (bytes === null) {
      process.nextTick(done, 'EBADNAME');
      return;
    }
    const query = {
      bytes,
      round: 0,
      server: 0,
      close: undefined,
      timer: undefined,
      failure: 'ECONNREFUSED',
      end: (code, records) => {
        if (!this.#open.delete(query)) return;
        clearTimeout(query.timer);
        query.close?.();
        done(code, records);
      },
    };
    this.#open.add(query);
    if (this.servers.length === 0) process.nextTick(query.end, 'ECONNREFUSED');
    else this.#ask(query);
  }

  #wait({ round }) {
    const wait = this.#timeout * 2 ** round;
    return this.#maxTimeout > 0 ? Math.min(wait, this.#maxTimeout) : wait;
  }

  #ask(query) {
    const { address, port } = this.servers[query.server % this.servers.length];
    const family = isIP(address);
    const handle = new UDP(family === 6 ? 'udp6' : 'udp4');
    const local = { reuseAddr: false, ipv6Only: false, reusePort: false };
    query.close = () => handle.close();
    const status = handle.bind(this.#local[family] || (family === 6 ? '::' : '0.0.0.0'), 0, local);
    if (status < 0 || handle.connect(address, port) < 0) {
      this.#next(query, 'ECONNREFUSED');
      return;
    }
    handle.onmessage = (length, buffer) => {
      if (length < 0) this.#next(query, 'ECONNREFUSED');
      else this.#answered(query, buffer, { address, port });
    };
    handle.recvStart();
    handle.send(query.bytes, undefined, undefined, () => {});
    this.#startClock(query);
  }

  #startClock(query) {
    clearTimeout(query.timer);
    query.timer = setTimeout(() => this.#next(query, 'ETIMEOUT'), this.#wait(query));
  }

  /** The next server, or the next round; after the last one the question has failed. */
  #next(query, failure) {
    if (!this.#open.has(query)) return;
    clearTimeout(query.timer);
    query.close();
    query.close = undefined;
    query.failure = failure;
    query.server += 1;
    if (query.server % this.servers.length === 0) query.round += 1;
    if (query.round >= this.#tries || this.servers.length === 0) query.end(failure);
    else process.nextTick(() => {
      if (this.#open.has(query)) this.#ask(query);
    });
  }

  #answered(query, buffer, server) {
    const answer = ops.dns_answer(buffer);
    const asked = query.bytes[0] * 256 + query.bytes[1];
    // What is broken, or belongs to another question, is as good as lost.
    if (answer === null || answer[0] !== asked) return;
    const [, code, isCut, , records] = answer;
    if (isCut) {
      this.#askStream(query, server);
      return;
    }
    if (!FINAL.has(code)) {
      this.#next(query, CODES[code] ?? 'EBADRESP');
      return;
    }
    if (code !== 0) query.end(CODES[code]);
    else query.end(null, records);
  }

  #askStream(query, { address, port }) {
    query.close();
    const handle = new TCP();
    query.close = () => handle.close();
    this.#startClock(query);
    const status = handle.connect(address, port, (failed) => {
      if (failed < 0) {
        this.#next(query, 'ECONNREFUSED');
        return;
      }
      const { Buffer } = require('buffer');
      const { length } = query.bytes;
      let received = Buffer.alloc(0);
      handle.onread = (count, buffer) => {
        if (count < 0) {
          this.#next(query, 'ECONNREFUSED');
          return;
        }
        received = Buffer.concat([received, buffer]);
        if (received.length < 2) return;
        const size = received.readUInt16BE(0);
        if (received.length >= size + 2) this.#answered(query, received.subarray(2, size + 2), { address, port });
      };
      handle.readStart();
      handle.write(Buffer.concat([Buffer.from([length >> 8, length & 0xff]), query.bytes]), 'buffer', () => {});
    });
    if (status < 0) this.#next(query, 'ECONNREFUSED');
  }
}

module.exports = { ChannelWrap };

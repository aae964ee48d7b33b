'use strict';

// A listening socket of the primary's, whose connections go to the workers one after the other.

const { tell } = require('internal/cluster/messages');

const IPV6_ONLY = 1;

class RoundRobinHandle {
  #key;
  #server;
  #isListening = false;
  #handle = null;
  /** Workers that serve here, by id. */
  #all = new Map();
  /** Those of them that wait for a connection. */
  #free = new Map();
  /** Connections that no worker has taken yet. */
  #connections = [];

  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    this.#key = key;
    const server = require('net').createServer();
    this.#server = server;
    if (fd >= 0) {
      server.listen({ fd, backlog });
    } else if (port >= 0) {
      server.listen({ port, host: address, ipv6Only: Boolean(flags & IPV6_ONLY), backlog });
    } else {
      server.listen({ path: address, backlog, readableAll, writableAll });
    }
    server.once('listening', () => {
      this.#isListening = true;
      this.#handle = server._handle;
      this.#handle.onconnection = (status, connection) => {
        // One that could not be accepted is nobody's.
        if (status === 0) this.#distribute(connection);
      };
    });
  }

  /** A worker serves here, too; `answer(errno, reply, handle)` is called when that is possible. */
  add(worker, answer) {
    this.#all.set(worker.id, worker);
    const done = () => {
      if (this.#handle?.getsockname) {
        const sockname = {};
        this.#handle.getsockname(sockname);
        answer(null, { sockname }, null);
      } else {
        answer(null, null, null);
      }
      this.#handOver(worker);
    };
    if (this.#isListening) {
      done();
      return;
    }
    this.#server.once('listening', done);
    this.#server.once('error', (error) => answer(error.errno, null, null));
  }

  has(worker) {
    return this.#all.has(worker.id);
  }

  /** True when it was the last one: then nobody listens any more. */
  remove(worker) {
    if (!this.#all.delete(worker.id)) return false;
    this.#free.delete(worker.id);
    if (this.#all.size > 0) return false;
    for (const connection of this.#connections) connection.close();
    this.#connections = [];
    this.#server.close();
    this.#handle = null;
    return true;
  }

  #distribute(connection) {
    this.#connections.push(connection);
    const [worker] = this.#free.values();
    if (worker === undefined) return;
    this.#free.delete(worker.id);
    this.#handOver(worker);
  }

  /** Gives `worker` the connection that waits longest, or has it wait for one. */
  #handOver(worker) {
    if (!this.#all.has(worker.id)) return;
    const connection = this.#connections.shift();
    if (connection === undefined) {
      this.#free.set(worker.id, worker);
      return;
    }
    tell(worker.process, { act: 'newconn', key: this.#key }, connection, ({ accepted }) => {
      // What a worker that is about to end does not take goes to another one.
      if (accepted) connection.close();
      else this.#distribute(connection);
      this.#handOver(worker);
    });
  }
}

module.exports = { RoundRobinHandle };

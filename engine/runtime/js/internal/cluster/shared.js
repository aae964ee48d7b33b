'use strict';

// A bound socket of the primary's that every worker gets: who of them has a connection or a datagram is up to the system.

class SharedHandle {
  #errno = 0;
  #handle = null;
  #path = undefined;
  #workers = new Map();

  constructor(key, address, { port, addressType, fd, flags }) {
    const made = addressType === 'udp4' || addressType === 'udp6' ?
      require('dgram')._createSocketHandle(address, port, addressType, fd, flags) :
      require('net')._createServerHandle(address, port, addressType, fd, flags);
    if (typeof made === 'number') {
      this.#errno = made;
      return;
    }
    this.#handle = made;
    if (port === -1 && typeof address === 'string') this.#path = address;
  }

  add(worker, answer) {
    this.#workers.set(worker.id, worker);
    answer(this.#errno, null, this.#handle);
  }

  has(worker) {
    return this.#workers.has(worker.id);
  }

  remove(worker) {
    if (!this.#workers.delete(worker.id) || this.#workers.size > 0) return false;
    this.#handle?.close();
    this.#handle = null;
    if (this.#path !== undefined) require('internal/net/remove_name').removeName(this.#path);
    return true;
  }
}

module.exports = { SharedHandle };

'use strict';

// Connections of a server that live in another process: here who they were sent to is asked for them, there they are
// kept to be counted. `getConnections` and the end of `close` are about all of them.

const EventEmitter = require('events');

const GET_COUNT = 'NODE_SOCKET_GET_COUNT';
const COUNT = 'NODE_SOCKET_COUNT';
const NOTIFY_CLOSE = 'NODE_SOCKET_NOTIFY_CLOSE';
const ALL_CLOSED = 'NODE_SOCKET_ALL_CLOSED';

const kLists = Symbol('kLists');
const SWALLOW = { swallowErrors: true };

/** The sender's side: 'exit' is emitted when the other process is gone. */
class Sent extends EventEmitter {
  #target;
  #key;

  constructor(target, key) {
    super();
    this.#target = target;
    this.#key = key;
    target.once(typeof target.pid === 'number' && target !== process ? 'exit' : 'disconnect', () => this.emit('exit', this));
  }

  /** Asks with one message and calls back with the answer; `undefined` when there is none any more. */
  #ask(question, answer, callback) {
    const target = this.#target;
    if (!target.connected) {
      callback(undefined);
      return;
    }
    const finish = (message) => {
      target.removeListener('internalMessage', onMessage);
      this.removeListener('exit', onGone);
      target.removeListener('disconnect', onGone);
      callback(message);
    };
    const onMessage = (message) => {
      if (message.cmd === answer && message.key === this.#key) finish(message);
    };
    const onGone = () => finish(undefined);
    this.once('exit', onGone);
    target.once('disconnect', onGone);
    target.on('internalMessage', onMessage);
    target._send({ cmd: question, key: this.#key }, undefined, SWALLOW);
  }

  /** Calls back once no connection is open there. */
  close(callback) {
    this.#ask(NOTIFY_CLOSE, ALL_CLOSED, () => callback());
  }

  getConnections(callback) {
    this.#ask(GET_COUNT, COUNT, (message) => callback(message === undefined ? 0 : message.count));
  }
}

/** The receiver's side. */
class Got {
  #target;
  #key;
  #count = 0;
  #isAsked = false;

  constructor(target, key) {
    this.#target = target;
    this.#key = key;
    target.on('internalMessage', (message) => {
      if (message.key !== key) return;
      if (message.cmd === NOTIFY_CLOSE) {
        this.#isAsked = true;
        this.#tellWhenEmpty();
      } else if (message.cmd === GET_COUNT) {
        this.#send({ cmd: COUNT, key, count: this.#count });
      }
    });
  }

  #send(message) {
    if (this.#target.connected) this.#target._send(message, undefined, SWALLOW);
  }

  #tellWhenEmpty() {
    if (!this.#isAsked || this.#count > 0) return;
    this.#isAsked = false;
    this.#send({ cmd: ALL_CLOSED, key: this.#key });
  }

  add(socket) {
    this.#count++;
    socket.once('close', () => {
      this.#count--;
      this.#tellWhenEmpty();
    });
  }
}

/** The list of a side ('sent' or 'got') for the connections of one server. */
function socketList(target, side, key) {
  target[kLists] ??= { sent: new Map(), got: new Map() };
  const lists = target[kLists][side];
  const found = lists.get(key);
  if (found !== undefined) return { list: found, isNew: false };
  const list = side === 'sent' ? new Sent(target, key) : new Got(target, key);
  lists.set(key, list);
  return { list, isNew: true };
}

module.exports = { socketList };

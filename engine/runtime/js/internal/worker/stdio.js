'use strict';

// Standard streams of a worker: what is written on one side of the channel is read on the other
// (https://nodejs.org/api/worker_threads.html#workerstdout).

const { Readable, Writable } = require('stream');
const { STDIO, STDIO_WANTED } = require('internal/worker/messages');

/** Streams that wait for the other side keep a worker alive: port → how many. */
const waiting = new WeakMap();

function wait(port, by) {
  const count = (waiting.get(port) ?? 0) + by;
  waiting.set(port, count);
  if (count > 0) port.ref();
  else port.unref();
}

class ReadableWorkerStdio extends Readable {
  #port;
  #name;
  #holds;
  #asked = false;

  /** With `holds`, waiting for what the other side writes keeps the loop alive. */
  constructor(port, name, holds) {
    super();
    this.#port = port;
    this.#name = name;
    this.#holds = holds;
    this.on('end', () => this.#release());
  }

  #release() {
    if (!this.#asked) return;
    this.#asked = false;
    if (this.#holds) wait(this.#port, -1);
  }

  _read() {
    if (!this.#asked) {
      this.#asked = true;
      if (this.#holds) wait(this.#port, 1);
    }
    this.#port.postMessage({ type: STDIO_WANTED, stream: this.#name });
  }

  /** What the other side wrote; null stands for its end. */
  take(chunks) {
    for (const { chunk, encoding } of chunks) {
      if (chunk === null) {
        if (!this.readableEnded) this.push(null);
        this.#release();
      } else {
        this.push(typeof chunk === 'string' ? require('buffer').Buffer.from(chunk, encoding) : chunk);
      }
    }
  }
}

class WritableWorkerStdio extends Writable {
  #port;
  #name;
  #callbacks = [];

  constructor(port, name) {
    super({ decodeStrings: false });
    this.#port = port;
    this.#name = name;
  }

  _writev(chunks, callback) {
    const sent = chunks.map(({ chunk, encoding }) => ({
      chunk: typeof chunk === 'string' ? chunk : new Uint8Array(chunk),
      encoding: typeof chunk === 'string' ? encoding : undefined,
    }));
    this.#port.postMessage({ type: STDIO, stream: this.#name, chunks: sent });
    if (process._exiting) {
      callback();
      return;
    }
    this.#callbacks.push(callback);
    if (this.#callbacks.length === 1) wait(this.#port, 1);
  }

  _final(callback) {
    this.#port.postMessage({ type: STDIO, stream: this.#name, chunks: [{ chunk: null, encoding: undefined }] });
    callback();
  }

  /** The other side has taken what was written, or nobody waits for that any more. */
  taken() {
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    if (callbacks.length > 0) wait(this.#port, -1);
    for (const callback of callbacks) callback();
  }
}

module.exports = { ReadableWorkerStdio, WritableWorkerStdio };

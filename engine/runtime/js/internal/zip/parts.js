'use strict';

// The bytes of an archive on disk, for `ZipFile` and for the entries that are read from it.

const { Buffer } = require('buffer');
const fs = require('fs');
const format = require('internal/zip/format');

/** Enough for the end of any archive: its comment, the record of the end, the place of the wide record. */
const TAIL = format.END_SIZE + format.MOST_16 + 20;

const calls = {};
for (const name of ['open', 'close', 'fstat', 'ftruncate', 'read', 'write']) {
  calls[name] = (...args) => new Promise((resolve, reject) => {
    fs[name](...args, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

class FileParts {
  #fd;
  isOpen = true;
  length;

  constructor(fd, length) {
    this.#fd = fd;
    this.length = length;
  }

  static async open(filename, isWritable) {
    const fd = await calls.open(filename, isWritable ? 'r+' : 'r');
    return new FileParts(fd, (await calls.fstat(fd)).size);
  }

  static openSync(filename, isWritable) {
    const fd = fs.openSync(filename, isWritable ? 'r+' : 'r');
    return new FileParts(fd, fs.fstatSync(fd).size);
  }

  get #tailSize() {
    return Math.min(this.length, TAIL);
  }

  async tail() {
    return this.read(this.length - this.#tailSize, this.#tailSize);
  }

  tailSync() {
    return this.readSync(this.length - this.#tailSize, this.#tailSize);
  }

  #has(at, size) {
    return at >= 0 && at + size <= this.length;
  }

  /** Bytes of the archive; undefined when it does not reach that far. */
  async read(at, size) {
    if (!this.#has(at, size)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    let done = 0;
    while (done < size) {
      const count = await calls.read(this.#fd, bytes, done, size - done, at + done);
      if (count === 0) return undefined;
      done += count;
    }
    return bytes;
  }

  readSync(at, size) {
    if (!this.#has(at, size)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    let done = 0;
    while (done < size) {
      const count = fs.readSync(this.#fd, bytes, done, size - done, at + done);
      if (count === 0) return undefined;
      done += count;
    }
    return bytes;
  }

  async write(bytes, at) {
    let done = 0;
    while (done < bytes.length) done += await calls.write(this.#fd, bytes, done, bytes.length - done, at + done);
    this.length = Math.max(this.length, at + bytes.length);
  }

  writeSync(bytes, at) {
    let done = 0;
    while (done < bytes.length) done += fs.writeSync(this.#fd, bytes, done, bytes.length - done, at + done);
    this.length = Math.max(this.length, at + bytes.length);
  }

  /** Writes the last bytes of the file. */
  async writeEnd(bytes, at) {
    await this.write(bytes, at);
    this.length = at + bytes.length;
    await calls.ftruncate(this.#fd, this.length);
  }

  writeEndSync(bytes, at) {
    this.writeSync(bytes, at);
    this.length = at + bytes.length;
    fs.ftruncateSync(this.#fd, this.length);
  }

  async close() {
    this.isOpen = false;
    await calls.close(this.#fd);
  }

  closeSync() {
    this.isOpen = false;
    fs.closeSync(this.#fd);
  }
}

module.exports = { FileParts };

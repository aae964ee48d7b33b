'use strict';

// A piece of a file as a part of a Blob (https://nodejs.org/api/fs.html#fsopenasblobpath-options): it is read when the
// Blob is, and cannot be any more once the file has changed.

/** The most bytes read at once when all of a part is wanted. */
const READ_SIZE = 1024 * 1024;

function notReadable() {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException('The blob could not be read', 'NotReadableError');
}

class FilePart {
  /** `file` is its path with the size and the time of the last change that it had. */
  constructor(file, start = 0, end = file.size) {
    this.file = file;
    this.start = start;
    this.end = end;
  }

  get length() {
    return this.end - this.start;
  }

  /** As that of a view of bytes, for positions that are not negative. */
  subarray(from, to = this.length) {
    const end = Math.min(this.start + to, this.end);
    return new FilePart(this.file, Math.min(this.start + from, end), end);
  }

  /** Opens the file; whoever reads it closes it. */
  async open() {
    let handle;
    try {
      handle = await require('internal/fs/promises').exports.open(this.file.path);
      await this.check(handle);
      return handle;
    } catch {
      // Whatever it was, the standard has one error for it.
      await handle?.close();
      throw notReadable();
    }
  }

  /** Throws when the file has changed. */
  async check(handle) {
    const { size, mtimeMs } = await handle.stat();
    if (size !== this.file.size || mtimeMs !== this.file.mtimeMs) throw notReadable();
  }

  /** The first bytes of the part, `count` of them. */
  async read(handle, count) {
    const bytes = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(count - at, READ_SIZE), this.start + at);
      if (bytesRead === 0) throw notReadable();
      at += bytesRead;
    }
    return bytes;
  }

  async readAll() {
    const handle = await this.open();
    try {
      return await this.read(handle, this.length);
    } finally {
      await handle.close();
    }
  }
}

module.exports = { FilePart };

'use strict';

// Archives from entries and from files (https://nodejs.org/api/zlib.html#zlibcreateziparchiveentries-options).

const { Buffer } = require('buffer');
const { validateBoolean, validateString } = require('internal/validators');
const { ZipEntry, archiveOptions, checkEntry, kSerialize, kSerializeSync } = require('internal/zip/entry');
const format = require('internal/zip/format');

/** Where parts of an archive come to stand, and the list at its end. */
class Layout {
  #at;
  #headers = [];

  constructor(baseOffset) {
    this.#at = baseOffset;
  }

  passed(chunk) {
    this.#at += chunk.length;
    return chunk;
  }

  get at() {
    return this.#at;
  }

  noted(start) {
    return (facts) => this.#headers.push(format.centralHeader(facts, start));
  }

  * end(commentBytes) {
    const offset = this.#at;
    for (const header of this.#headers) yield this.passed(header);
    yield format.endRecords({ commentBytes, count: this.#headers.length, offset, size: this.#at - offset });
  }
}

async function* serialized(entries, options) {
  const { baseOffset, commentBytes } = archiveOptions(options);
  const layout = new Layout(baseOffset);
  const iterator = entries[Symbol.asyncIterator]?.() ?? entries[Symbol.iterator]();
  let isDone = false;
  let current;
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done) break;
      current = checkEntry(next.value);
      for await (const chunk of current[kSerialize](layout.noted(layout.at))) yield layout.passed(chunk);
      current = undefined;
    }
    isDone = true;
    yield* layout.end(commentBytes);
  } finally {
    current?.[Symbol.dispose]();
    if (!isDone) await disposeRest(iterator);
  }
}

async function disposeRest(iterator) {
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) next.value?.[Symbol.dispose]?.();
  } catch {
    // Whoever makes the entries has failed: there are no more.
  }
}

function createZipArchive(entries, options) {
  if (typeof entries?.[Symbol.asyncIterator] !== 'function') void entries[Symbol.iterator]();
  return require('stream').Readable.from(serialized(entries, options), { objectMode: false });
}

function createZipArchiveSync(entries, options) {
  return serializedSync(entries, archiveOptions(options));
}

function* serializedSync(entries, { baseOffset, commentBytes }) {
  const layout = new Layout(baseOffset);
  const list = [...entries];
  let index = 0;
  try {
    for (; index < list.length; index++) {
      for (const chunk of checkEntry(list[index])[kSerializeSync](layout.noted(layout.at))) yield layout.passed(chunk);
    }
    yield* layout.end(commentBytes);
  } finally {
    for (const entry of list.slice(index)) entry?.[Symbol.dispose]?.();
  }
}

function zipFiles(files, options) {
  const { followSymlinks = true } = options ?? {};
  validateBoolean(followSymlinks, 'options.followSymlinks');
  return require('stream').Readable.from(serialized(entriesOf(files, followSymlinks), options), { objectMode: false });
}

async function* entriesOf(files, followSymlinks) {
  const fs = require('fs');
  const { lstat, readlink, stat } = require('fs/promises');
  for await (const [source, name] of files) {
    validateString(source, 'sourcePath');
    validateString(name, 'name');
    const found = await (followSymlinks ? stat : lstat)(source);
    const facts = { mode: found.mode & 0o7777, modified: found.mtime };
    if (found.isSymbolicLink()) yield ZipEntry.createSymlink(name, await readlink(source), facts);
    else if (found.isDirectory()) yield ZipEntry.create(name.endsWith('/') ? name : `${name}/`, Buffer.alloc(0), facts);
    else yield ZipEntry.createStream(name, fs.createReadStream(source), facts);
  }
}

module.exports = { createZipArchive, createZipArchiveSync, zipFiles };

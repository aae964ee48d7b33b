'use strict';

// An archive in memory (https://nodejs.org/api/zlib.html#class-zlibzipbuffer).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { createZipArchive, createZipArchiveSync } = require('internal/zip/archive');
const { ZipEntry, checkEntry, entriesIn, inputBytes } = require('internal/zip/entry');
const { decodeText } = require('internal/zip/format');

class ZipBuffer {
  #entries = new Map();
  #commentBytes;

  constructor(buffer) {
    const { commentBytes, entries } = entriesIn(inputBytes(buffer, 'buffer'));
    this.#commentBytes = commentBytes;
    for (const entry of entries) this.#entries.set(entry.name, entry);
  }

  get writable() {
    return true;
  }

  get comment() {
    return decodeText(this.#commentBytes, false);
  }

  get size() {
    return this.#entries.size;
  }

  has(name) {
    return this.#entries.has(name);
  }

  get(name) {
    validateString(name, 'name');
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new codes.ERR_ZIP_ENTRY_NOT_FOUND(name);
    return entry;
  }

  addEntry(entry) {
    this.#entries.set(checkEntry(entry).name, entry);
    return entry;
  }

  async add(filename, data, options) {
    return this.addEntry(await ZipEntry.create(filename, data, options));
  }

  addSync(filename, data, options) {
    return this.addEntry(ZipEntry.createSync(filename, data, options));
  }

  delete(name) {
    return this.#entries.delete(name);
  }

  clear() {
    this.#entries.clear();
  }

  keys() {
    return this.#entries.keys();
  }

  * values() {
    yield* this.#entries.values();
  }

  * entries() {
    yield* this.#entries.entries();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  get [Symbol.toStringTag]() {
    return 'ZipBuffer';
  }

  [Symbol.dispose]() {
    this.clear();
  }

  forEach(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.#entries) Reflect.apply(callback, thisArg, [entry, name, this]);
  }

  async toBuffer(options) {
    return Buffer.concat(await createZipArchive(this.#entries.values(), options ?? this.comment).toArray());
  }

  toBufferSync(options) {
    return Buffer.concat([...createZipArchiveSync(this.#entries.values(), options ?? this.comment)]);
  }
}

module.exports = { ZipBuffer };

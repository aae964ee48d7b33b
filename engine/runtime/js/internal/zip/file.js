'use strict';

// An archive on disk, read as needed and changed in place (https://nodejs.org/api/zlib.html#class-zlibzipfile).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateString } = require('internal/validators');
const { createZipArchive, createZipArchiveSync } = require('internal/zip/archive');
const { ZipEntry, checkEntry, entriesIn, factsOf, kPromote, kSerialize, kSerializeSync, toEntry } = require('internal/zip/entry');
const format = require('internal/zip/format');
const { FileParts } = require('internal/zip/parts');

const state = (message) => new codes.ERR_INVALID_STATE(message);
const BUSY = 'cannot call a synchronous ZipFile method while an asynchronous add(), addEntry(), delete(), or close() call ' +
  'has not settled yet';

function openOptions(filename, options) {
  validateString(filename, 'filename');
  const { writable = false } = options ?? {};
  validateBoolean(writable, 'options.writable');
  return writable;
}

class ZipFile {
  #parts;
  #isWritable;
  #commentBytes;
  /** What stands in the list at the end, by name. */
  #facts = new Map();
  /** Where the list begins, which is where the next entry goes. */
  #end;
  #isClosed = false;
  /** Changes that have not settled, one after the other. */
  #changes = Promise.resolve();
  #pending = 0;

  constructor(parts, isWritable, { commentBytes, entries, start }) {
    this.#parts = parts;
    this.#isWritable = isWritable;
    this.#commentBytes = commentBytes;
    this.#end = start;
    for (const entry of entries) this.#facts.set(entry.name, factsOf(entry));
  }

  static async open(filename, options) {
    const isWritable = openOptions(filename, options);
    const parts = await FileParts.open(filename, isWritable);
    try {
      return new ZipFile(parts, isWritable, entriesIn(await parts.tail(), parts));
    } catch (error) {
      await parts.close();
      throw error;
    }
  }

  static openSync(filename, options) {
    const isWritable = openOptions(filename, options);
    const parts = FileParts.openSync(filename, isWritable);
    try {
      return new ZipFile(parts, isWritable, entriesIn(parts.tailSync(), parts));
    } catch (error) {
      parts.closeSync();
      throw error;
    }
  }

  #checkOpen() {
    if (this.#isClosed) throw state('the ZipFile has been closed');
  }

  #checkSync() {
    this.#checkOpen();
    if (this.#pending > 0) throw state(BUSY);
  }

  #checkWritable() {
    if (!this.#isWritable) throw new codes.ERR_ZIP_NOT_WRITABLE();
  }

  get writable() {
    return this.#isWritable;
  }

  get comment() {
    return format.decodeText(this.#commentBytes, false);
  }

  has(name) {
    this.#checkOpen();
    return this.#facts.has(name);
  }

  #entry(name) {
    validateString(name, 'name');
    const facts = this.#facts.get(name);
    if (facts === undefined) throw new codes.ERR_ZIP_ENTRY_NOT_FOUND(name);
    return toEntry(facts, this.#parts);
  }

  async get(name) {
    this.#checkOpen();
    return this.#entry(name);
  }

  getSync(name) {
    this.#checkSync();
    return this.#entry(name);
  }

  async stream(name, options) {
    const entry = await this.get(name);
    return require('stream').Readable.from(entry.contentIterator(options));
  }

  /** Runs a change when those before it have settled. */
  #changed(change) {
    this.#pending++;
    const result = this.#changes.then(change).finally(() => {
      this.#pending--;
    });
    this.#changes = result.catch(() => {});
    return result;
  }

  async addEntry(entry) {
    this.#checkOpen();
    this.#checkWritable();
    checkEntry(entry);
    return this.#changed(() => this.#append(entry));
  }

  async add(filename, data, options) {
    this.#checkOpen();
    this.#checkWritable();
    return this.#changed(async () => this.#append(await ZipEntry.create(filename, data, options)));
  }

  addEntrySync(entry) {
    this.#checkSync();
    this.#checkWritable();
    return this.#appendSync(checkEntry(entry));
  }

  addSync(filename, data, options) {
    this.#checkSync();
    this.#checkWritable();
    return this.#appendSync(ZipEntry.createSync(filename, data, options));
  }

  async #append(entry) {
    let at = this.#end;
    let facts;
    try {
      for await (const chunk of entry[kSerialize]((written) => { facts = written; })) {
        await this.#parts.write(chunk, at);
        at += chunk.length;
      }
    } catch (error) {
      await this.#parts.writeEnd(this.#list(this.#facts, this.#end), this.#end).catch(() => {});
      throw error;
    }
    const after = this.#with(facts);
    await this.#parts.writeEnd(this.#list(after, at), at);
    this.#accept(after, at, entry, facts);
    return entry;
  }

  #appendSync(entry) {
    let at = this.#end;
    let facts;
    try {
      for (const chunk of entry[kSerializeSync]((written) => { facts = written; })) {
        this.#parts.writeSync(chunk, at);
        at += chunk.length;
      }
    } catch (error) {
      if (at !== this.#end) this.#parts.writeEndSync(this.#list(this.#facts, this.#end), this.#end);
      throw error;
    }
    const after = this.#with(facts);
    this.#parts.writeEndSync(this.#list(after, at), at);
    this.#accept(after, at, entry, facts);
    return entry;
  }

  #with(facts) {
    const modified = format.storedTime(facts.modified);
    return new Map(this.#facts).set(facts.name, { ...facts, modified, offset: this.#end });
  }

  #accept(facts, end, entry, { name }) {
    this.#facts = facts;
    this.#end = end;
    entry[kPromote](facts.get(name), this.#parts);
  }

  /** The list of entries and the end behind it. */
  #list(facts, start) {
    const headers = [];
    for (const entry of facts.values()) headers.push(format.centralHeader({ ...entry, modified: format.timeOf(entry) }, entry.offset));
    const size = headers.reduce((sum, header) => sum + header.length, 0);
    const end = format.endRecords({ commentBytes: this.#commentBytes, count: facts.size, offset: start, size });
    return Buffer.concat([...headers, end]);
  }

  async delete(name) {
    this.#checkOpen();
    this.#checkWritable();
    return this.#changed(async () => {
      if (!this.#facts.has(name)) return false;
      const after = this.#without(name);
      await this.#parts.writeEnd(this.#list(after, this.#end), this.#end);
      this.#facts = after;
      return true;
    });
  }

  deleteSync(name) {
    this.#checkSync();
    this.#checkWritable();
    if (!this.#facts.has(name)) return false;
    const after = this.#without(name);
    this.#parts.writeEndSync(this.#list(after, this.#end), this.#end);
    this.#facts = after;
    return true;
  }

  #without(name) {
    const after = new Map(this.#facts);
    after.delete(name);
    return after;
  }

  compact(options) {
    this.#checkOpen();
    return createZipArchive(this.#all(), options ?? this.comment);
  }

  compactSync(options) {
    this.#checkSync();
    return Buffer.concat([...createZipArchiveSync(this.#all(), options ?? this.comment)]);
  }

  #all() {
    return Array.from(this.#facts.values(), (facts) => toEntry(facts, this.#parts));
  }

  keys() {
    this.#checkOpen();
    return this.#facts.keys();
  }

  * values() {
    for (const name of this.keys()) yield this.get(name);
  }

  * valuesSync() {
    this.#checkSync();
    for (const name of this.keys()) yield this.getSync(name);
  }

  * entries() {
    for (const name of this.keys()) yield [name, this.get(name)];
  }

  * entriesSync() {
    this.#checkSync();
    for (const name of this.keys()) yield [name, this.getSync(name)];
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  async* [Symbol.asyncIterator]() {
    for (const name of this.keys()) yield this.get(name);
  }

  get [Symbol.toStringTag]() {
    return 'ZipFile';
  }

  get size() {
    this.#checkOpen();
    return this.#facts.size;
  }

  forEach(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.entries()) Reflect.apply(callback, thisArg, [entry, name, this]);
  }

  forEachSync(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.entriesSync()) Reflect.apply(callback, thisArg, [entry, name, this]);
  }

  close() {
    if (this.#isClosed) return this.#changes;
    this.#isClosed = true;
    return this.#changed(() => this.#parts.close());
  }

  closeSync() {
    if (this.#isClosed) return;
    this.#checkSync();
    this.#isClosed = true;
    this.#parts.closeSync();
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  [Symbol.dispose]() {
    this.closeSync();
  }
}

module.exports = { ZipFile };

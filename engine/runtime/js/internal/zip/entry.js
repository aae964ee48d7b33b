'use strict';

// One file or folder of an archive (https://nodejs.org/api/zlib.html#class-zlibzipentry).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { validateNumber, validateObject, validateString } = require('internal/validators');
const format = require('internal/zip/format');

const {
  DEFLATE, DOS_FOLDER, ENCRYPTED, LOCAL, LOCAL_SIZE, METHODS, MOST_16, STORE, TYPE_FILE, TYPE_FOLDER, TYPE_LINK, TYPE_MASK,
  UNIX, UTF8, WITH_DESCRIPTOR, ZSTD, corrupt, invalid,
} = format;

const PERMISSIONS = 0o7777;
const CHUNK = 16 * 1024;
const INPUT = ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'];
const kFacts = Symbol('kFacts');
const kMake = Symbol('kMakeZipEntry');
const kPromote = Symbol('kPromote');
const kSerialize = Symbol('kSerialize');
const kSerializeSync = Symbol('kSerializeSync');
const state = (message) => new codes.ERR_INVALID_STATE(message);
const tooLarge = (message) => new codes.ERR_ZIP_ENTRY_TOO_LARGE(message);

const SPENT = 'the content of a streaming entry is not available for reading';
const UNFINISHED = 'this streaming entry has not finished serializing yet';

let mostContent = 256 * 1024 * 1024;

function getMaxZipContentSize() {
  return mostContent;
}

function setMaxZipContentSize(size) {
  validateNumber(size, 'size', 0, Number.MAX_SAFE_INTEGER);
  mostContent = size;
}

/** The memory of an argument as a Buffer. */
function inputBytes(value, name) {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, INPUT, value);
}

/** A text in UTF-8 that a header has room for. */
function encoded(text, what) {
  const bytes = Buffer.from(text);
  if (bytes.length > MOST_16) throw tooLarge(`the entry ${what} must not exceed 65535 bytes when encoded as UTF-8`);
  return bytes;
}

/** What all kinds of new entries have in common. */
function newFacts(filename, options, type, usualMode) {
  validateString(filename, 'filename');
  if (filename === '') throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must not be empty');
  const { comment = '', mode = usualMode, modified = new Date() } = options ?? {};
  validateString(comment, 'options.comment');
  validateNumber(mode, 'options.mode');
  if (!(modified instanceof Date)) throw new codes.ERR_INVALID_ARG_TYPE('options.modified', 'Date', modified);
  return {
    madeBy: UNIX,
    flags: UTF8,
    nameBuffer: encoded(filename, 'name'),
    name: filename,
    commentBytes: encoded(comment, 'comment'),
    modified: new Date(modified),
    external: (((type | (mode & PERMISSIONS)) << 16) | (type === TYPE_FOLDER ? DOS_FOLDER : 0)) >>> 0,
  };
}

function methodIn(options) {
  const { method = 'deflate' } = options ?? {};
  if (METHODS[method] === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.method', method, 'must be \'deflate\', \'store\', or \'zstd\'');
  }
  return METHODS[method];
}

/** Arguments of `create`, checked: `[facts, bytes, method]`. */
function toCreate(filename, data, options) {
  const isFolder = typeof filename === 'string' && filename.endsWith('/');
  const facts = newFacts(filename, options, isFolder ? TYPE_FOLDER : TYPE_FILE, isFolder ? 0o755 : 0o644);
  const bytes = inputBytes(data, 'data');
  const method = methodIn(options);
  if (isFolder && bytes.length > 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('data', data, 'must be empty for a directory entry');
  }
  return [facts, bytes, bytes.length === 0 ? STORE : method];
}

/** The entry for bytes and what compressing made of them; they stay as they are when that saves nothing. */
function created(facts, bytes, method, compressed) {
  const saves = compressed !== undefined && compressed.length < bytes.length;
  const raw = saves ? compressed : bytes;
  return ZipEntry[kMake]({
    ...facts, method: saves ? method : STORE, crc32: require('zlib').crc32(bytes), size: bytes.length, compressedSize: raw.length,
  }, { raw });
}

/** The words for what went wrong while a method was undone. */
const verbs = { [DEFLATE]: ['inflate', 'inflates'], [ZSTD]: ['decompress', 'decompresses'] };

class ZipEntry {
  #facts;
  /** The content as it stands in the archive, when it is in memory. */
  #raw;
  /** Reads the archive: `{ length, isOpen, readSync(at, size), read(at, size) }`. */
  #archive;
  /** What a streamed entry is made of, until it is written. */
  #source;
  #isPending = false;
  #isSpent = false;
  #modified;

  static [kMake](facts, { raw, archive, source } = {}) {
    const entry = new ZipEntry();
    entry.#facts = facts;
    entry.#raw = raw;
    entry.#archive = archive;
    entry.#source = source;
    entry.#isPending = source !== undefined;
    return entry;
  }

  static isEntry(value) {
    return value !== null && typeof value === 'object' && #facts in value;
  }

  static async create(filename, data, options) {
    const [facts, bytes, method] = toCreate(filename, data, options);
    if (method === STORE) return created(facts, bytes, method);
    const zlib = require('zlib');
    const compressed = await new Promise((resolve, reject) => {
      (method === ZSTD ? zlib.zstdCompress : zlib.deflateRaw)(bytes, (error, result) => (error ? reject(error) : resolve(result)));
    });
    return created(facts, bytes, method, compressed);
  }

  static createSync(filename, data, options) {
    const [facts, bytes, method] = toCreate(filename, data, options);
    if (method === STORE) return created(facts, bytes, method);
    const zlib = require('zlib');
    return created(facts, bytes, method, (method === ZSTD ? zlib.zstdCompressSync : zlib.deflateRawSync)(bytes));
  }

  static createStream(filename, source, options) {
    const facts = newFacts(filename, options, TYPE_FILE, 0o644);
    if (filename.endsWith('/')) {
      throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'a directory entry cannot be streamed');
    }
    return ZipEntry[kMake]({ ...facts, flags: UTF8 | WITH_DESCRIPTOR, method: methodIn(options) }, { source });
  }

  static createSymlink(filename, target, options) {
    validateString(target, 'target');
    return created(newFacts(filename, options, TYPE_LINK, 0o777), Buffer.from(target), STORE);
  }

  static* read(buffer) {
    const bytes = inputBytes(buffer, 'buffer');
    yield* entriesIn(bytes).entries;
  }

  #settled(name) {
    if (this.#isPending) throw state(UNFINISHED);
    return this.#facts[name];
  }

  get compressed() {
    return this.#facts.method !== STORE;
  }

  get rawContent() {
    return this.#raw === undefined && this.#archive?.bytes === undefined ? null : this.#rawBytesSync();
  }

  #rawBytesSync() {
    if (this.#raw !== undefined) return this.#raw;
    const { compressedSize, offset } = this.#facts;
    return this.#archive.readSync(this.#dataAt(this.#archive.readSync(offset, LOCAL_SIZE)), compressedSize);
  }

  get method() {
    return this.#facts.method;
  }

  get flags() {
    return this.#facts.flags;
  }

  get crc32() {
    return this.#settled('crc32');
  }

  get name() {
    return this.#facts.name;
  }

  get nameBuffer() {
    return this.#facts.nameBuffer;
  }

  get comment() {
    const { commentBytes, flags } = this.#facts;
    return format.decodeText(commentBytes, (flags & UTF8) !== 0);
  }

  get size() {
    return this.#settled('size');
  }

  get compressedSize() {
    return this.#settled('compressedSize');
  }

  get modified() {
    this.#modified ??= format.timeOf(this.#facts);
    return new Date(this.#modified);
  }

  get #unixMode() {
    const { external, madeBy } = this.#facts;
    return madeBy === UNIX ? external >>> 16 : 0;
  }

  get mode() {
    return this.#unixMode & PERMISSIONS;
  }

  get isSymlink() {
    return (this.#unixMode & TYPE_MASK) === TYPE_LINK;
  }

  get isFile() {
    return !this.isDirectory && !this.isSymlink;
  }

  get isDirectory() {
    return this.#facts.name.endsWith('/');
  }

  /** What must be so before content is read. */
  #check(limit) {
    const { flags, method, name, size } = this.#facts;
    if (this.#isPending) throw state(UNFINISHED);
    if (this.#isSpent) throw state(SPENT);
    if (this.#archive !== undefined && !this.#archive.isOpen) {
      throw state('cannot read a ZipEntry after its backing ZipFile has been closed');
    }
    if (limit !== undefined && size > limit) {
      throw tooLarge(`entry "${name}" declares ${size} bytes, exceeding the ${limit} byte limit`);
    }
    return { flags, method };
  }

  /** Where the content begins, by the header in front of it; the two headers must agree. */
  #dataAt(head) {
    const { compressedSize, crc32, flags, method, name, offset, size } = this.#facts;
    if (head === undefined) throw invalid('local file header is out of bounds');
    if (head.readUInt32LE(0) !== LOCAL) throw invalid('local file header signature is invalid');
    const local = { flags: head.readUInt16LE(6), method: head.readUInt16LE(8) };
    if ((local.flags ^ flags) & ENCRYPTED) throw invalid('local and central encryption flags disagree');
    if (local.method !== method) throw invalid('local and central compression methods disagree');
    if (flags & ENCRYPTED) throw new codes.ERR_ZIP_UNSUPPORTED_FEATURE(`entry "${name}" is encrypted`);
    if (method !== STORE && method !== DEFLATE && method !== ZSTD) {
      throw new codes.ERR_ZIP_UNSUPPORTED_FEATURE(`entry "${name}" uses compression method ${method}`);
    }
    const [localCrc, localCompressed, localSize] = [14, 18, 22].map((at) => head.readUInt32LE(at));
    const isWide = localCompressed === 0xffffffff || localSize === 0xffffffff;
    if (!(local.flags & WITH_DESCRIPTOR) &&
        (localCrc !== crc32 || (!isWide && (localCompressed !== compressedSize || localSize !== size)))) {
      throw invalid('local and central header crc-32 or sizes disagree');
    }
    const at = offset + LOCAL_SIZE + head.readUInt16LE(26) + head.readUInt16LE(28);
    if (at + compressedSize > this.#archive.length) throw invalid('entry data is out of bounds');
    return at;
  }

  #verify(content, { verify = true } = {}) {
    const { crc32, name, size } = this.#facts;
    if (content.length !== size) throw corrupt(name, `produced ${content.length} bytes, expected ${size}`);
    if (verify && require('zlib').crc32(content) !== crc32) throw corrupt(name, 'failed CRC-32 verification');
    return content;
  }

  #undone(error) {
    const { method, name, size } = this.#facts;
    const [verb, verbs3] = verbs[method];
    if (error.code === 'ERR_BUFFER_TOO_LARGE' || error.code === 'ERR_OUT_OF_RANGE') {
      return corrupt(name, `${verbs3} beyond its declared size of ${size} bytes`);
    }
    return corrupt(name, `failed to ${verb}: ${error.message}`);
  }

  async content(options) {
    const raw = await this.#rawBytes(options);
    const { method, size } = this.#facts;
    if (method === STORE) return this.#verify(Buffer.from(raw), options);
    const zlib = require('zlib');
    const content = await new Promise((resolve, reject) => {
      (method === ZSTD ? zlib.zstdDecompress : zlib.inflateRaw)(raw, { maxOutputLength: Math.max(size, 1) },
        (error, result) => (error ? reject(this.#undone(error)) : resolve(result)));
    });
    return this.#verify(content, options);
  }

  async #rawBytes(options) {
    this.#check(options?.maxSize ?? mostContent);
    if (this.#raw !== undefined) return this.#raw;
    const { compressedSize, offset } = this.#facts;
    return this.#archive.read(this.#dataAt(await this.#archive.read(offset, LOCAL_SIZE)), compressedSize);
  }

  contentSync(options) {
    this.#check(options?.maxSize ?? mostContent);
    const { method, size } = this.#facts;
    const raw = this.#rawBytesSync();
    if (method === STORE) return this.#verify(Buffer.from(raw), options);
    const zlib = require('zlib');
    let content;
    try {
      content = (method === ZSTD ? zlib.zstdDecompressSync : zlib.inflateRawSync)(raw, { maxOutputLength: Math.max(size, 1) });
    } catch (error) {
      throw this.#undone(error);
    }
    return this.#verify(content, options);
  }

  async* contentIterator(options) {
    this.#check(options?.maxSize);
    const { crc32, method, name, size } = this.#facts;
    const zlib = require('zlib');
    let total = 0;
    let sum = 0;
    for await (const chunk of method === STORE ? this.#rawChunks() : this.#decompressed()) {
      total += chunk.length;
      if (total > size) throw corrupt(name, `${verbs[method]?.[1] ?? 'extends'} beyond its declared size of ${size} bytes`);
      sum = zlib.crc32(chunk, sum);
      yield chunk;
    }
    if (total !== size) throw corrupt(name, `produced ${total} bytes, expected ${size}`);
    if ((options?.verify ?? true) && sum !== crc32) throw corrupt(name, 'failed CRC-32 verification');
  }

  async* #decompressed() {
    const zlib = require('zlib');
    const decoder = this.#facts.method === ZSTD ? zlib.createZstdDecompress() : zlib.createInflateRaw();
    const { Readable } = require('stream');
    const source = Readable.from(this.#rawChunks());
    source.on('error', (error) => decoder.destroy(error));
    try {
      yield* source.pipe(decoder);
    } catch (error) {
      throw error.code?.startsWith('ERR_ZIP') ? error : this.#undone(error);
    } finally {
      source.destroy();
    }
  }

  /** The content as it stands in the archive, piece by piece. */
  async* #rawChunks() {
    if (this.#raw !== undefined) {
      if (this.#raw.length > 0) yield this.#raw;
      return;
    }
    const { compressedSize, offset } = this.#facts;
    const start = this.#dataAt(await this.#archive.read(offset, LOCAL_SIZE));
    const step = this.#archive.bytes === undefined ? 4 * CHUNK : Math.max(compressedSize, 1);
    for (let at = 0; at < compressedSize; at += step) {
      this.#check();
      yield await this.#archive.read(start + at, Math.min(step, compressedSize - at));
    }
  }

  /** The parts of an archive that this entry is; `written(facts)` learns what stands in the list at the end. */
  async* [kSerialize](written) {
    if (this.#source === undefined) {
      this.#check();
      yield format.localHeader(this.#asWritten(), false);
      yield* this.#rawChunks();
      written(this.#asWritten());
      return;
    }
    if (this.#isSpent) throw state(this.#isPending ? UNFINISHED : SPENT);
    const facts = { ...this.#facts, crc32: 0, size: 0, compressedSize: 0 };
    yield format.localHeader(facts, true);
    for await (const chunk of this.#compressed(facts)) {
      facts.compressedSize += chunk.length;
      yield chunk;
    }
    yield format.descriptor(facts);
    this.#facts = facts;
    this.#isPending = false;
    this.#isSpent = true;
    written(facts);
  }

  * [kSerializeSync](written) {
    if (this.#source !== undefined) throw state('a streaming entry cannot be serialized synchronously');
    this.#check();
    yield format.localHeader(this.#asWritten(), false);
    const raw = this.#rawBytesSync();
    if (raw.length > 0) yield raw;
    written(this.#asWritten());
  }

  /** An entry that was read is written with its sizes in front. */
  #asWritten() {
    return { ...this.#facts, flags: this.#facts.flags & ~WITH_DESCRIPTOR, modified: this.modified };
  }

  /** What the source gives, compressed; counts it. */
  async* #compressed(facts) {
    const zlib = require('zlib');
    const source = this.#source;
    async function* counted() {
      for await (const chunk of source) {
        if (!(chunk instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE('chunk', 'Uint8Array', chunk);
        facts.size += chunk.length;
        facts.crc32 = zlib.crc32(chunk, facts.crc32);
        yield chunk;
      }
    }
    if (facts.method === STORE) {
      yield* counted();
      return;
    }
    const { Readable } = require('stream');
    const plain = Readable.from(counted(), { objectMode: false });
    const coder = facts.method === ZSTD ? zlib.createZstdCompress() : zlib.createDeflateRaw();
    plain.on('error', (error) => coder.destroy(error));
    try {
      yield* plain.pipe(coder);
    } finally {
      plain.destroy();
    }
  }

  /** A streamed entry that was written into a file can be read from there. */
  [kPromote](facts, archive) {
    if (this.#source === undefined) return;
    this.#facts = { ...this.#facts, ...facts };
    this.#archive = archive;
    this.#isSpent = false;
    this.#source = undefined;
  }

  [Symbol.dispose]() {
    const source = this.#source;
    if (source === undefined || !this.#isPending) return;
    this.#isSpent = true;
    if (typeof source.destroy === 'function') source.destroy();
    else source.return?.()?.catch?.(() => {});
  }

  async [Symbol.asyncDispose]() {
    this[Symbol.dispose]();
  }

  * [Symbol.iterator]() {
    yield* this[kSerializeSync](() => {});
  }

  async* [Symbol.asyncIterator]() {
    yield* this[kSerialize](() => {});
  }

  get [kFacts]() {
    return this.#facts;
  }
}

/** What reads an archive in memory. */
function memoryArchive(bytes) {
  const readSync = (at, size) => (at < 0 || at + size > bytes.length ? undefined : bytes.subarray(at, at + size));
  return { bytes, length: bytes.length, isOpen: true, readSync, read: async (at, size) => readSync(at, size) };
}

/**
 * The entries of an archive, its comment and where the list of entries begins; `bytes` are its last ones (all, when it is in
 * memory).
 */
function entriesIn(bytes, archive = memoryArchive(bytes)) {
  const readSync = (at, size) => archive.readSync(at, size);
  const end = format.findEnd(bytes, archive.length, readSync);
  const start = end.offset + end.shift;
  const entries = format.readCentral(archive.readSync(start, end.size), end)
    .map((facts) => toEntry({ ...facts, name: format.nameOf(facts) }, archive));
  return { commentBytes: end.commentBytes, entries, start };
}

function toEntry(facts, archive) {
  return ZipEntry[kMake](facts, { archive });
}

function factsOf(entry) {
  return entry[kFacts];
}

/** Options of an archive, which may be just its comment. */
function archiveOptions(options) {
  if (typeof options === 'string') options = { comment: options };
  else if (options !== undefined) validateObject(options, 'options');
  const { baseOffset = 0, comment = '' } = options ?? {};
  validateNumber(baseOffset, 'options.baseOffset', 0, Number.MAX_SAFE_INTEGER);
  return { baseOffset, commentBytes: commentBytes(comment) };
}

function commentBytes(comment) {
  validateString(comment, 'options.comment');
  const bytes = Buffer.from(comment);
  if (bytes.length > MOST_16) {
    throw new codes.ERR_ZIP_ARCHIVE_TOO_LARGE('the archive comment must not exceed 65535 bytes when encoded as UTF-8');
  }
  return bytes;
}

function checkEntry(entry) {
  if (!ZipEntry.isEntry(entry)) throw new codes.ERR_INVALID_ARG_TYPE('entry', 'ZipEntry', entry);
  return entry;
}

module.exports = {
  ZipEntry, archiveOptions, checkEntry, entriesIn, factsOf, getMaxZipContentSize, inputBytes, kPromote, kSerialize,
  kSerializeSync, setMaxZipContentSize, toEntry,
};

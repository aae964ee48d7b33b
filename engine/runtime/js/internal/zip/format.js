'use strict';

// ZIP archives as bytes (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT): headers, times, names.

const { Buffer, isUtf8 } = require('buffer');
const { codes } = require('internal/errors');

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const DESCRIPTOR = 0x08074b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const MOST_16 = 0xffff;
const MOST_32 = 0xffffffff;

const ENCRYPTED = 0x0001;
const WITH_DESCRIPTOR = 0x0008;
const UTF8 = 0x0800;

const STORE = 0;
const DEFLATE = 8;
const ZSTD = 93;
const METHODS = { __proto__: null, store: STORE, deflate: DEFLATE, zstd: ZSTD };

const UNIX = 3;
const TYPE_MASK = 0o170000;
const TYPE_FILE = 0o100000;
const TYPE_FOLDER = 0o040000;
const TYPE_LINK = 0o120000;
const DOS_FOLDER = 0x10;

const EXTRA_ZIP64 = 0x0001;
const EXTRA_NTFS = 0x000a;
const EXTRA_TIME = 0x5455;
const EXTRA_UNIX = 0x5855;
const EXTRA_NAME = 0x7075;

/** The upper half of the character set of the first PCs, in which names stand that are not UTF-8. */
const CP437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const invalid = (what) => new codes.ERR_ZIP_INVALID_ARCHIVE(what);
const corrupt = (name, what) => new codes.ERR_ZIP_ENTRY_CORRUPT(`entry "${name}" ${what}`);

function decodeText(bytes, isKnownUtf8) {
  if (isKnownUtf8 || isUtf8(bytes)) return bytes.toString();
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80])).join('');
}

/** Date and time of MS-DOS: local, every other second, from 1980 to 2107. */
function toDos(date) {
  const year = date.getFullYear();
  if (!(year >= 1980)) return { time: 0, date: 0x21 };
  if (year > 2107) return { time: 0xbf7d, date: 0xff9f };
  return {
    time: (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1),
    date: ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate(),
  };
}

function fromDos(time, date) {
  return new Date(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

/** The fields behind a name, by their number. */
function extraFields(bytes) {
  const fields = new Map();
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16LE(at + 2);
    if (at + 4 + length > bytes.length) break;
    const id = bytes.readUInt16LE(at);
    if (!fields.has(id)) fields.set(id, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function extraField(id, bytes) {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(bytes.length, 2);
  return Buffer.concat([head, bytes]);
}

/** A time of more precision than MS-DOS has, or undefined. */
function exactTime(fields) {
  const ntfs = fields.get(EXTRA_NTFS);
  if (ntfs !== undefined && ntfs.length >= 32 && ntfs.readUInt16LE(4) === 1) {
    // Tenths of microseconds since 1601.
    return new Date(Number(ntfs.readBigUInt64LE(8) / 10000n) - 11644473600000);
  }
  const time = fields.get(EXTRA_TIME);
  if (time !== undefined && time.length >= 5 && time[0] & 1) return new Date(time.readInt32LE(1) * 1000);
  const unix = fields.get(EXTRA_UNIX);
  if (unix !== undefined && unix.length >= 8) return new Date(unix.readInt32LE(4) * 1000);
  return undefined;
}

/** When an entry was changed last. */
function timeOf({ date, fields, modified, time }) {
  return modified ?? exactTime(fields) ?? fromDos(time, date);
}

/** The field for a time that MS-DOS cannot say; empty for others. */
function timeField(modified) {
  const milliseconds = modified.getTime();
  if (!(milliseconds % 2000 !== 0)) return Buffer.alloc(0);
  const seconds = Math.floor(milliseconds / 1000);
  if (Number.isNaN(seconds) || seconds < -(2 ** 31) || seconds >= 2 ** 31) return Buffer.alloc(0);
  const bytes = Buffer.alloc(5);
  bytes[0] = 1;
  bytes.writeInt32LE(seconds, 1);
  return extraField(EXTRA_TIME, bytes);
}

/** What of a time is kept: whole seconds. */
function storedTime(date) {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** A size or place of 64 bits as a number. */
function long(bytes, at) {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid('a Zip64 value is too large');
  return Number(value);
}

/** Where the list of entries is: `{ count, offset, size, shift, comment }`; `tail` is the end of an archive of `length`. */
function findEnd(tail, length, readAt) {
  const found = [];
  let fallback = -1;
  const base = length - tail.length;
  for (let at = tail.length - END_SIZE; at >= 0 && at >= tail.length - END_SIZE - MOST_16; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_SIZE + tail.readUInt16LE(at + 20) > tail.length) continue;
    if (fallback === -1) fallback = at;
    const size = tail.readUInt32LE(at + 12);
    const isEmpty = size === 0 && tail.readUInt16LE(at + 10) === 0;
    const isLong = size === MOST_32 || tail.readUInt16LE(at + 10) === MOST_16;
    const start = base + at - size;
    if (isEmpty || isLong || (start >= 0 && readAt(start, 4)?.readUInt32LE(0) === CENTRAL)) found.push(at);
  }
  if (found.length > 1) throw invalid('ambiguous end of central directory records');
  const at = found[0] ?? fallback;
  if (at === -1) throw invalid('no end of central directory record found');
  const end = {
    count: tail.readUInt16LE(at + 10), size: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16),
    commentBytes: tail.subarray(at + END_SIZE, at + END_SIZE + tail.readUInt16LE(at + 20)),
  };
  let limit = base + at;
  const locator = limit >= 20 ? readAt(limit - 20, 20) : undefined;
  if (locator?.readUInt32LE(0) === LOCATOR64) {
    const record = readAt(long(locator, 8), 56);
    if (record?.readUInt32LE(0) !== END64) throw invalid('the Zip64 end of central directory record is missing');
    if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) {
      throw new codes.ERR_ZIP_UNSUPPORTED_FEATURE('multi-disk archives are not supported');
    }
    [end.count, end.size, end.offset] = [long(record, 32), long(record, 40), long(record, 48)];
    limit = long(locator, 8);
  } else if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0) {
    throw new codes.ERR_ZIP_UNSUPPORTED_FEATURE('multi-disk archives are not supported');
  }
  if (end.offset + end.size > limit) throw invalid('central directory does not fit inside the archive');
  // What stands in front of the archive shifts all places in it.
  end.shift = limit - end.size - end.offset;
  return end;
}

/** The entries in a list of them. */
function readCentral(bytes, { count, shift }) {
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw invalid('central directory header signature is invalid');
    if (at + CENTRAL_SIZE > bytes.length) throw invalid('central directory header is truncated');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const end = at + CENTRAL_SIZE + nameLength + extraLength + commentLength;
    if (end > bytes.length) throw invalid('central directory header is truncated');
    const nameBuffer = bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
    const extra = bytes.subarray(at + CENTRAL_SIZE + nameLength, end - commentLength);
    const entry = {
      madeBy: bytes[at + 5], flags: bytes.readUInt16LE(at + 8), method: bytes.readUInt16LE(at + 10),
      time: bytes.readUInt16LE(at + 12), date: bytes.readUInt16LE(at + 14), crc32: bytes.readUInt32LE(at + 16),
      compressedSize: bytes.readUInt32LE(at + 20), size: bytes.readUInt32LE(at + 24), external: bytes.readUInt32LE(at + 38),
      offset: bytes.readUInt32LE(at + 42), nameBuffer, fields: extraFields(extra),
      commentBytes: bytes.subarray(end - commentLength, end),
    };
    widen(entry);
    entry.offset += shift;
    entries.push(entry);
    at = end;
  }
  if (entries.length !== count) throw invalid('central directory record count is inconsistent with its size');
  return entries;
}

/** Takes what has no room in 32 bits from the field for that. */
function widen(entry) {
  const wide = ['size', 'compressedSize', 'offset'].filter((name) => entry[name] === MOST_32);
  if (wide.length === 0) return;
  const field = entry.fields.get(EXTRA_ZIP64);
  if (field === undefined) {
    throw invalid('a field is 0xFFFFFFFF but the Zip64 extended information extra field is missing');
  }
  wide.forEach((name, index) => {
    if (field.length < 8 * index + 8) throw invalid('the Zip64 extended information extra field is truncated');
    entry[name] = long(field, 8 * index);
  });
}

function nameOf({ fields, flags, nameBuffer }) {
  const field = fields.get(EXTRA_NAME);
  if (field !== undefined && field.length > 5 && field[0] === 1 &&
      field.readUInt32LE(1) === require('zlib').crc32(nameBuffer) && isUtf8(field.subarray(5))) {
    return field.subarray(5).toString();
  }
  return decodeText(nameBuffer, (flags & UTF8) !== 0);
}

/** The header in front of an entry's content; `isStreamed` when sizes come behind it. */
function localHeader(entry, isStreamed) {
  const time = timeField(entry.modified);
  const isWide = isStreamed || entry.size >= MOST_32 || entry.compressedSize >= MOST_32;
  let extra = time;
  if (isWide) {
    const sizes = Buffer.alloc(16);
    if (!isStreamed) {
      sizes.writeBigUInt64LE(BigInt(entry.size), 0);
      sizes.writeBigUInt64LE(BigInt(entry.compressedSize), 8);
    }
    extra = Buffer.concat([extraField(EXTRA_ZIP64, sizes), time]);
  }
  const head = Buffer.alloc(LOCAL_SIZE);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(versionFor(entry, isWide), 4);
  head.writeUInt16LE(entry.flags, 6);
  head.writeUInt16LE(entry.method, 8);
  writeShared(head, 10, entry, isStreamed ? { crc32: 0, compressedSize: MOST_32, size: MOST_32 } : entry, isWide);
  head.writeUInt16LE(entry.nameBuffer.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, entry.nameBuffer, extra]);
}

const versionFor = ({ method }, isWide) => (method === ZSTD ? 63 : isWide ? 45 : 20);

function writeShared(head, at, { modified }, { compressedSize, crc32, size }, isWide) {
  const dos = toDos(modified);
  head.writeUInt16LE(dos.time, at);
  head.writeUInt16LE(dos.date, at + 2);
  head.writeUInt32LE(crc32, at + 4);
  head.writeUInt32LE(isWide ? MOST_32 : compressedSize, at + 8);
  head.writeUInt32LE(isWide ? MOST_32 : size, at + 12);
}

function descriptor({ compressedSize, crc32, size }) {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(DESCRIPTOR, 0);
  bytes.writeUInt32LE(crc32, 4);
  bytes.writeBigUInt64LE(BigInt(compressedSize), 8);
  bytes.writeBigUInt64LE(BigInt(size), 16);
  return bytes;
}

/** The entry in the list at the end. */
function centralHeader(entry, offset) {
  const wide = [entry.size, entry.compressedSize, offset];
  const isSizeWide = entry.size >= MOST_32 || entry.compressedSize >= MOST_32;
  const isWide = isSizeWide || offset >= MOST_32;
  const parts = [];
  if (isWide) {
    const numbers = isSizeWide ? (offset >= MOST_32 ? wide : wide.slice(0, 2)) : [offset];
    const bytes = Buffer.alloc(8 * numbers.length);
    numbers.forEach((number, index) => bytes.writeBigUInt64LE(BigInt(number), 8 * index));
    parts.push(extraField(EXTRA_ZIP64, bytes));
  }
  parts.push(timeField(entry.modified));
  const extra = Buffer.concat(parts);
  const version = versionFor(entry, isWide || (entry.flags & WITH_DESCRIPTOR) !== 0);
  const head = Buffer.alloc(CENTRAL_SIZE);
  head.writeUInt32LE(CENTRAL, 0);
  head[4] = entry.method === ZSTD ? 63 : version;
  head[5] = entry.madeBy;
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(entry.flags, 8);
  head.writeUInt16LE(entry.method, 10);
  writeShared(head, 12, entry, entry, isSizeWide);
  head.writeUInt16LE(entry.nameBuffer.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt16LE(entry.commentBytes.length, 32);
  head.writeUInt32LE(entry.external, 38);
  head.writeUInt32LE(Math.min(offset, MOST_32), 42);
  return Buffer.concat([head, entry.nameBuffer, extra, entry.commentBytes]);
}

/** What stands at the end of an archive. */
function endRecords({ commentBytes, count, offset, size }) {
  const parts = [];
  if (count >= MOST_16 || size >= MOST_32 || offset >= MOST_32) {
    const record = Buffer.alloc(56);
    record.writeUInt32LE(END64, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeUInt16LE(0x032d, 12);
    record.writeUInt16LE(45, 14);
    for (const at of [24, 32]) record.writeBigUInt64LE(BigInt(count), at);
    record.writeBigUInt64LE(BigInt(size), 40);
    record.writeBigUInt64LE(BigInt(offset), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(LOCATOR64, 0);
    locator.writeBigUInt64LE(BigInt(offset + size), 8);
    locator.writeUInt32LE(1, 16);
    parts.push(record, locator);
  }
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END, 0);
  for (const at of [8, 10]) end.writeUInt16LE(Math.min(count, MOST_16), at);
  end.writeUInt32LE(Math.min(size, MOST_32), 12);
  end.writeUInt32LE(Math.min(offset, MOST_32), 16);
  end.writeUInt16LE(commentBytes.length, 20);
  return Buffer.concat([...parts, end, commentBytes]);
}

module.exports = {
  DEFLATE, DOS_FOLDER, ENCRYPTED, END_SIZE, LOCAL, LOCAL_SIZE, METHODS, MOST_16, STORE, TYPE_FILE, TYPE_FOLDER, TYPE_LINK,
  TYPE_MASK, UNIX, UTF8, WITH_DESCRIPTOR, ZSTD, centralHeader, corrupt, decodeText, descriptor, endRecords, findEnd, invalid,
  localHeader, nameOf, readCentral, storedTime, timeOf,
};

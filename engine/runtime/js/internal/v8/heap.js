'use strict';

// Snapshots of the heap (https://nodejs.org/api/v8.html#v8getheapsnapshotoptions).

const { Buffer } = require('buffer');
const { Readable } = require('stream');
const { validateBoolean, validateObject, validateUint32 } = require('internal/validators');

/** Bytes that a reader of the stream gets at once. */
const PART = 64 * 1024;

let written = 0;

function checkOptions(options) {
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
}

class HeapSnapshotStream extends Readable {
  #rest;

  constructor(bytes) {
    super({ autoDestroy: true });
    this.#rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  _read() {
    const part = this.#rest.subarray(0, PART);
    this.#rest = this.#rest.subarray(PART);
    this.push(part.length === 0 ? null : part);
  }
}

/** A snapshot as a stream of JSON. */
function getHeapSnapshot(options = {}) {
  checkOptions(options);
  return new HeapSnapshotStream(ops.heap_snapshot());
}

/** Writes a snapshot into a file; returns its name. */
function writeHeapSnapshot(filename = undefined, options = {}) {
  if (filename !== undefined) require('internal/fs/arguments').toPath(filename);
  checkOptions(options);
  const name = filename === undefined ? defaultName('Heap', 'heapsnapshot') : filename;
  require('fs').writeFileSync(name, ops.heap_snapshot());
  return name;
}

/** `Heap.20261127.034722.10144.0.001.heapsnapshot`: date, time, process, thread, number. */
function defaultName(kind, extension) {
  const [year, ...parts] = ops.process_local_time();
  const [month, day, hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, '0'));
  const number = String(++written).padStart(3, '0');
  const thread = require('internal/worker/thread').threadId;
  return `${kind}.${year}${month}${day}.${hours}${minutes}${seconds}.${process.pid}.${thread}.${number}.${extension}`;
}

/** Has at most `limit` snapshots written when the heap comes close to its limit. Only the first call counts. */
function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
  if (isSet) return;
  isSet = true;
  ops.heap_near_limit(limit);
}

let isSet = false;

/** The heap of objects of the engine's C++ parts, of which this runtime has none. */
function getCppHeapStatistics(type = 'detailed') {
  require('internal/validators').validateOneOf(type, 'type', ['brief', 'detailed']);
  return {
    __proto__: null,
    committed_size_bytes: 0,
    resident_size_bytes: 0,
    used_size_bytes: 0,
    space_statistics: [],
    type_names: [],
    detail_level: type,
  };
}

module.exports = {
  HeapSnapshotStream, checkOptions, defaultName, getCppHeapStatistics, getHeapSnapshot, setHeapSnapshotNearHeapLimit, writeHeapSnapshot,
};

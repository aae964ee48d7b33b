'use strict';

// `structuredClone` (https://html.spec.whatwg.org/multipage/structured-data.html#dom-structuredclone). V8 copies what
// JavaScript itself has; objects of built-in classes say how they are copied (see `internal/clone_marks`).

const { drop, openReader, openWriter } = require('internal/v8/streams');
const { TRANSFERABLE, UNCLONEABLE, kClone, kDetached, kTransfer } = require('internal/clone_marks');

const domException = (message) => new (require('internal/dom_exception').DOMException)(message, 'DataCloneError');

const MESSAGE_UNSUPPORTED = 'Cannot transfer object of unsupported type.';
const byteLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get;
const isDetached = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'detached').get;
const { transfer: moveBuffer } = ArrayBuffer.prototype;

function isArrayBuffer(value) {
  try {
    byteLength.call(value);
    return true;
  } catch {
    return false;
  }
}

/** `new DataCloneError(message)`, as the engine calls it. */
function DataCloneError(message) {
  return domException(message);
}

class CloneWriter {
  number = openWriter(this, true);
  /** Objects that the script wants to move instead of copying them, each with whether the value has them, too. */
  transferred = new Map();
  /** What is done to those objects once the value has been written. */
  moves = [];
  /** What the copy shares with the original, because nobody can change it or everybody may see the change. */
  shared = [];

  _writeHostObject(object) {
    const kind = ops.clone_mark_get(object);
    let copied;
    if (this.transferred.has(object)) copied = this.#move(object);
    else if (kind === TRANSFERABLE) {
      throw domException('Object that needs transfer was found in message but not listed in transferList');
    } else if (kind === UNCLONEABLE || typeof object[kClone] !== 'function') {
      throw domException('Cannot clone object of unsupported type.');
    } else {
      copied = object[kClone]();
      // What cannot be shared with another thread says how it is copied instead.
      if (this.leavesRealm && copied.send !== undefined) copied = copied.send();
    }
    ops.clone_write_value(this.number, copied.deserializeInfo);
    ops.clone_write_value(this.number, copied.data);
    ops.clone_write_uint32(this.number, this.#share(copied.shared));
  }

  #share(value) {
    return this.shared.push(value) - 1;
  }

  #move(object) {
    const copied = object[kTransfer]();
    this.transferred.set(object, true);
    this.moves.push(copied.move);
    // What it is made of moves along.
    for (const part of copied.nested ?? []) this.transferred.set(part, false);
    return copied;
  }

  /** The value is written: what is moved leaves its objects, also those that the value does not have. */
  finish() {
    for (const [object, isWritten] of this.transferred) {
      if (!isWritten) this.#share(this.#move(object).shared);
    }
    for (const move of this.moves) move?.();
  }

  _getSharedArrayBufferId(buffer) {
    return this.#share(buffer);
  }

  _getWasmModuleId(module) {
    return this.#share(module);
  }
}

CloneWriter.prototype._getDataCloneError = DataCloneError;

class CloneReader {
  #shared;

  constructor(bytes, shared) {
    this.number = openReader(this, bytes);
    this.#shared = shared;
  }

  _readHostObject() {
    const [id, name] = ops.clone_read_value(this.number).split(':');
    const data = ops.clone_read_value(this.number);
    if (!ops.builtin_exists(id) || !id.startsWith('internal/')) throw new Error(`Missing internal module '${id}'`);
    return require(id)[name](data, this.#shared[ops.clone_read_uint32(this.number)]);
  }

  _getSharedArrayBuffer(id) {
    return this.#shared[id];
  }

  _getWasmModule(id) {
    return this.#shared[id];
  }
}

/** The list of what is moved, from the options of `structuredClone`. */
function toTransferList(options) {
  const fail = (message) => {
    const error = new TypeError(`Failed to execute 'structuredClone': ${message}`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    return error;
  };
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (options === undefined || options === null) return [];
  if (!isObject(options)) throw fail('Options cannot be converted to a dictionary');
  const { transfer } = options;
  if (transfer === undefined) return [];
  if (!isObject(transfer) || typeof transfer[Symbol.iterator] !== 'function') {
    throw fail('transfer in Options cannot be converted to sequence.');
  }
  const list = [...transfer];
  list.forEach((item, index) => {
    if (!isObject(item)) throw fail(`transfer in Options[${index}] is not an object.`);
  });
  return list;
}

/** Says which buffers of the list are to be moved, and refuses what cannot be. */
function prepareTransfer(writer, list) {
  const buffers = [];
  for (const item of list) {
    if (isArrayBuffer(item)) {
      if (buffers.includes(item)) throw domException('Transfer list contains duplicate ArrayBuffer');
      if (isDetached.call(item) || ops.clone_mark_get(item) !== undefined || !ops.clone_detachable(item)) {
        throw domException(MESSAGE_UNSUPPORTED);
      }
      ops.clone_write_transferred(writer.number, buffers.push(item) - 1, item);
    } else if (typeof item[kTransfer] === 'function' && ops.clone_mark_get(item) === TRANSFERABLE) {
      if (writer.transferred.has(item)) throw domException('Transfer list contains duplicate ' + item.constructor.name);
      if (item[kDetached]?.()) throw domException(`${item.constructor.name} in transfer list is already detached`);
      writer.transferred.set(item, false);
    } else {
      throw domException('Found invalid value in transferList.');
    }
  }
  return buffers;
}

/** The global `structuredClone`. */
function structuredClone(value, options) {
  if (arguments.length === 0) {
    const error = new TypeError('The "The value argument must be specified" argument must be specified');
    error.code = 'ERR_MISSING_ARGS';
    throw error;
  }
  const list = toTransferList(options);
  // Nothing of a primitive can be shared with the copy.
  if (list.length === 0 && (value === null || (typeof value !== 'object' && typeof value !== 'function'))) {
    if (typeof value !== 'symbol') return value;
  }
  // The environment looks like an object to scripts, but writers cannot read it.
  if (value === process.env) value = { ...value };
  const writer = new CloneWriter();
  let bytes;
  let buffers;
  try {
    buffers = prepareTransfer(writer, list);
    ops.clone_write_header(writer.number);
    ops.clone_write_value(writer.number, value);
    bytes = ops.clone_write_finish(writer.number);
    writer.finish();
  } finally {
    drop(writer, writer.number);
  }
  const reader = new CloneReader(bytes, writer.shared);
  try {
    buffers.forEach((buffer, index) => ops.clone_read_transferred(reader.number, index, moveBuffer.call(buffer)));
    ops.clone_read_header(reader.number);
    return ops.clone_read_value(reader.number);
  } finally {
    drop(reader, reader.number);
  }
}

/** The value as `{ bytes, parts, buffers }`, of which the buffers are still to be moved. */
function write(value, list) {
  const writer = new CloneWriter();
  writer.leavesRealm = true;
  try {
    const buffers = prepareTransfer(writer, list);
    ops.clone_write_header(writer.number);
    ops.clone_write_value(writer.number, value);
    const bytes = ops.clone_write_finish(writer.number);
    writer.finish();
    return { bytes, parts: writer.shared, buffers };
  } finally {
    drop(writer, writer.number);
  }
}

/**
 * The value that `write` wrote, with the buffers that were moved and what the parts have become, made of objects of
 * `context` (an object that stands for one).
 */
function read(bytes, parts, buffers, context) {
  const reader = new CloneReader(bytes, parts);
  try {
    buffers.forEach((buffer, index) => ops.clone_read_transferred(reader.number, index, buffer));
    ops.clone_read_header(reader.number);
    return ops.clone_read_value(reader.number, context);
  } finally {
    drop(reader, reader.number);
  }
}

module.exports = { domException, read, structuredClone, write };

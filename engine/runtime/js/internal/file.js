'use strict';

// File: a Blob with a name and a time (https://nodejs.org/api/buffer.html#class-file).

const { codes } = require('internal/errors');
const { Blob, inspectAs, makeSent: makeSentBlob, partsOf, sharing } = require('internal/blob');
const { kClone } = require('internal/clone_marks');
const { validateDictionary } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

let isFile;

class File extends Blob {
  #name = '';
  #lastModified = 0;

  static {
    isFile = (value) => typeof value === 'object' && value !== null && #name in value;
  }

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    validateDictionary(options, 'options');
    super(fileBits, options ?? undefined);
    const { lastModified } = options ?? {};
    this.#name = `${fileName}`.toWellFormed();
    this.#lastModified = lastModified === undefined ? Date.now() : +lastModified || 0;
  }

  get name() {
    if (!isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#name;
  }

  get lastModified() {
    if (!isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#lastModified;
  }

  [kClone]() {
    const send = () => ({
      data: { parts: partsOf(this), name: this.#name, lastModified: this.#lastModified },
      deserializeInfo: 'internal/file:makeSent',
    });
    return { data: undefined, shared: this, deserializeInfo: 'internal/file:makeClone', send };
  }

  [inspectCustom](depth, options) {
    const { size, type, name, lastModified } = this;
    return inspectAs('File', { size, type, name, lastModified }, depth, options);
  }
}

Object.defineProperty(File.prototype, Symbol.toStringTag, { __proto__: null, value: 'File', configurable: true });
for (const name of ['name', 'lastModified']) {
  Object.defineProperty(File.prototype, name, { __proto__: null, enumerable: true });
}

/** A File with the same bytes, as `structuredClone` makes it. */
function cloneFile(file) {
  return new File(sharing(file), file.name, { lastModified: file.lastModified });
}

const makeClone = (_data, file) => cloneFile(file);

/** A File from another thread. */
const makeSent = ({ parts, name, lastModified }) => new File(sharing(makeSentBlob(parts)), name, { lastModified });

module.exports = { File, cloneFile, isFile, makeClone, makeSent };

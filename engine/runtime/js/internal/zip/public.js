'use strict';

// ZIP archives as `node:zlib` exports them: the first use of any part says that they are experimental. What does the work
// is loaded when it is used.

const classes = {
  ZipEntry: [() => require('internal/zip/entry').ZipEntry, ['read', 'create', 'createSync', 'createStream', 'createSymlink'], 0],
  ZipFile: [() => require('internal/zip/file').ZipFile, ['open', 'openSync'], 0],
  ZipBuffer: [() => require('internal/zip/buffer').ZipBuffer, [], 1],
};

const functions = {
  createZipArchive: () => require('internal/zip/archive').createZipArchive,
  createZipArchiveSync: () => require('internal/zip/archive').createZipArchiveSync,
  zipFiles: () => require('internal/zip/archive').zipFiles,
  getMaxZipContentSize: () => require('internal/zip/entry').getMaxZipContentSize,
  setMaxZipContentSize: () => require('internal/zip/entry').setMaxZipContentSize,
};

function warned() {
  require('internal/process_warning').warnExperimental('The zlib ZIP archive API');
}

/** A class that does what `Inner` does, after the warning. */
function warningClass(Inner, name, statics, length) {
  const Class = { [name]: class extends Inner {
    constructor(...args) {
      warned();
      super(...args);
    }
  } }[name];
  Object.defineProperty(Class, 'length', { __proto__: null, configurable: true, value: length });
  const methods = {
    [Symbol.hasInstance](value) {
      return value instanceof Inner;
    },
  };
  for (const key of statics) {
    methods[key] = { [key](...args) {
      warned();
      return Inner[key](...args);
    } }[key];
  }
  for (const key of [...statics, Symbol.hasInstance]) {
    Object.defineProperty(Class, key, { __proto__: null, configurable: true, writable: true, value: methods[key] });
  }
  return Class;
}

/** Gives `exports` of `node:zlib` what there is for archives. */
function exportZip(exports) {
  for (const [name, [load, statics, length]] of Object.entries(classes)) {
    ops.util_lazy_property(exports, name, () => warningClass(load(), name, statics, length), true);
  }
  for (const [name, load] of Object.entries(functions)) {
    // Without a name, as Node's.
    const value = (() => function(...args) {
      warned();
      return load()(...args);
    })();
    Object.defineProperty(exports, name, { __proto__: null, configurable: true, enumerable: true, value });
  }
}

module.exports = { exportZip };

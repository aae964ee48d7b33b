'use strict';

// `filehandle.readableWebStream()` (https://nodejs.org/api/fs.html#filehandlereadablewebstreamoptions).

const { codes } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { kRef, kUnref } = require('internal/fs/file_handle');

const { ERR_INVALID_STATE } = codes;
const CHUNK = 16 * 1024;

/** Handles that are or were read by a stream; there can be only one. */
const locked = new WeakSet();

/** A byte stream of what is left in the file. */
function readableWebStream(handle, options) {
  if (handle.fd === -1) throw new ERR_INVALID_STATE('The FileHandle is closed');
  if (locked.has(handle)) throw new ERR_INVALID_STATE('The FileHandle is locked');
  validateObject(options, 'options');
  const { autoClose = false, type } = options;
  validateBoolean(autoClose, 'options.autoClose');
  if (type !== undefined && type !== 'bytes') {
    process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.',
      'ExperimentalWarning');
  }
  const { ReadableStream } = require('stream/web');
  locked.add(handle);
  const done = async () => {
    handle[kUnref]();
    if (autoClose) await handle.close();
  };
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: CHUNK,
    async pull(controller) {
      const { view } = controller.byobRequest;
      const { bytesRead } = await handle.read(view, 0, view.byteLength);
      if (bytesRead === 0) {
        controller.close();
        await done();
      }
      controller.byobRequest?.respond(bytesRead);
    },
    cancel: done,
  });
  handle[kRef]();
  handle.once('close', () => {
    // Whoever reads it sees its end.
    stream[require('internal/webstreams/util').kState].cancel().catch(() => {});
  });
  return stream;
}

module.exports = { readableWebStream };

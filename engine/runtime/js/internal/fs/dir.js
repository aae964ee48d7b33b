'use strict';

// An open folder, read piece by piece (https://nodejs.org/api/fs.html#class-fsdir).

const { codes } = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const { isText, toName, toOptions, toPath } = require('internal/fs/arguments');
const { converted, marked } = require('internal/fs/callbacks');
const { Dirent } = require('internal/fs/dirent');

const { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_MISSING_ARGS } = codes;

class Dir {
  #fd;
  #path;
  #encoding;
  #bufferSize;
  /** Entries that were read and not handed out yet, the next one last. */
  #entries = [];
  #closed = false;
  /** What waits for the running operation to end; null when none runs. */
  #waiting = null;

  constructor(handle, path, options) {
    if (handle === undefined || handle === null) throw new ERR_MISSING_ARGS('handle');
    this.#fd = handle;
    this.#path = path;
    const { encoding = 'utf8', bufferSize = 32 } = toOptions(options);
    this.#encoding = encoding;
    validateUint32(bufferSize, 'options.bufferSize', true);
    this.#bufferSize = bufferSize;
  }

  get path() {
    return this.#path;
  }

  #take([names, kinds]) {
    for (let i = names.length - 1; i >= 0; i--) {
      this.#entries.push(new Dirent(toName(names[i], this.#encoding), kinds[i], this.#path));
    }
    return this.#entries.pop() ?? null;
  }

  read(callback) {
    return this.#readWith(true, callback);
  }

  #readWith(maybeSync, callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#readWith(false, (error, entry) => {
          if (error) reject(error);
          else resolve(entry);
        });
      });
    }
    validateFunction(callback, 'callback');
    if (this.#closed) {
      const error = new ERR_DIR_CLOSED();
      if (maybeSync) throw error;
      callback(error);
      return undefined;
    }
    if (this.#waiting !== null) {
      this.#waiting.push(() => this.#readWith(maybeSync, callback));
      return undefined;
    }
    if (this.#entries.length > 0) {
      const entry = this.#entries.pop();
      if (maybeSync) process.nextTick(callback, null, entry);
      else callback(null, entry);
      return undefined;
    }
    this.#waiting = [];
    const done = (error, found) => {
      const waiting = this.#waiting;
      this.#waiting = null;
      if (error === null) callback(null, this.#take(found));
      else callback(error);
      for (const operation of waiting) operation();
    };
    ops.fs_dir_next(this.#fd, isText(this.#encoding), marked(done, callback));
    return undefined;
  }

  readSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    if (this.#entries.length > 0) return this.#entries.pop();
    return this.#take(ops.fs_dir_next(this.#fd, isText(this.#encoding), undefined));
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#closed) return Promise.reject(new ERR_DIR_CLOSED());
      return new Promise((resolve, reject) => {
        this.close((error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    }
    validateFunction(callback, 'callback');
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return undefined;
    }
    if (this.#waiting !== null) {
      this.#waiting.push(() => this.close(callback));
      return undefined;
    }
    this.#closed = true;
    ops.fs_closedir(this.#fd, callback);
    return undefined;
  }

  closeSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    this.#closed = true;
    ops.fs_closedir(this.#fd, undefined);
  }

  async* entries() {
    try {
      while (true) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      await this.close();
    }
  }

  [Symbol.dispose]() {
    if (this.#closed) return;
    this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (this.#closed) return;
    await this.close();
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  __proto__: null, value: Dir.prototype.entries, writable: true, enumerable: false, configurable: true,
});

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  validateFunction(callback, 'callback');
  path = toPath(path);
  const settings = { encoding: 'utf8', ...toOptions(options) };
  checkBufferSize(settings);
  ops.fs_opendir(path, converted(callback, (fd) => new Dir(fd, path, settings)));
}

function checkBufferSize({ bufferSize }) {
  if (bufferSize !== undefined) validateUint32(bufferSize, 'options.bufferSize', true);
}

function opendirSync(path, options) {
  path = toPath(path);
  const settings = { encoding: 'utf8', ...toOptions(options) };
  checkBufferSize(settings);
  return new Dir(opened(path), path, settings);
}

/** Here the error does not say which folder it was. */
function opened(path) {
  try {
    return ops.fs_opendir(path, undefined);
  } catch (error) {
    const { UVException } = require('internal/errors');
    throw new UVException({ errno: error.errno, syscall: error.syscall });
  }
}

module.exports = { Dir, opendir, opendirSync };

'use strict';

// The promise form of `fs` (https://nodejs.org/api/fs.html#promises-api). The functions are exported under `exports`,
// as `fs.promises` shows them; `fs/promises` is the same object.

const { AbortError, codes } = require('internal/errors');
const {
  isText,
  toBits,
  toMode,
  toName,
  toOptions,
  toPath,
  toRmOptions,
  toSeconds,
} = require('internal/fs/arguments');
const { promised } = require('internal/fs/callbacks');
const { constants } = require('internal/fs/constants');
const content = require('internal/fs/content');
const { FileHandle, open } = require('internal/fs/file_handle');
const folders = require('internal/fs/folders');
const { checkOwner } = require('internal/fs/meta');
const { checkLinkType } = require('internal/fs/names');
const { toStatFs, toStats } = require('internal/fs/stats');

const NO_OPTIONS = Object.freeze({ bigint: false });

async function access(path, mode = constants.F_OK) {
  path = toPath(path);
  mode = toBits(mode, 7);
  await promised((done) => ops.fs_access(path, mode, done));
}

async function copyFile(src, dest, mode) {
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  mode = toBits(mode, 7);
  await promised((done) => ops.fs_copy_file(src, dest, mode, done));
}

async function cp(src, dest, options) {
  return require('internal/fs/cp').cpPromise(src, dest, options);
}

/** The callback form with a callback behind whatever arguments there are. */
function opendir(...args) {
  return new Promise((resolve, reject) => {
    require('internal/fs/dir').opendir(...args, (error, dir) => {
      if (error === null) resolve(dir);
      else reject(error);
    });
  });
}
Object.defineProperty(opendir, 'length', { __proto__: null, value: 3, configurable: true });

async function rename(oldPath, newPath) {
  oldPath = toPath(oldPath, 'oldPath');
  newPath = toPath(newPath, 'newPath');
  await promised((done) => ops.fs_rename(oldPath, newPath, done));
}

async function truncate(path, len = 0) {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(len);
  } finally {
    await handle.close();
  }
}

async function rm(path, options) {
  path = toPath(path);
  options = toRmOptions(options);
  await new Promise((resolve, reject) => {
    folders.startRm(path, options, (error) => {
      if (error === null) resolve();
      else reject(folders.toLateRmError(error));
    });
  });
}

async function rmdir(path, options) {
  path = toPath(path);
  folders.checkRmdirOptions(options);
  await promised((done) => ops.fs_rmdir(path, done));
}

async function mkdir(path, options) {
  const { mode, recursive } = folders.toMkdirOptions(options);
  path = toPath(path);
  return await promised((done) => ops.fs_mkdir(path, mode, recursive, done));
}

async function readdir(path, options) {
  options = folders.toReaddirOptions(options);
  path = toPath(path);
  const found = await promised((done) => folders.startReaddir(path, options, done));
  return folders.toEntries(found, path, options);
}

async function readlink(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  const name = await promised((done) => ops.fs_readlink(path, isText(encoding), done));
  return toName(name, encoding);
}

async function symlink(target, path, type) {
  checkLinkType(type);
  target = toPath(target, 'target');
  path = toPath(path);
  await promised((done) => ops.fs_symlink(target, path, done));
}

async function statWith(path, options, follow) {
  path = toPath(path);
  const required = options.throwIfNoEntry !== false;
  const numbers = await promised((done) => ops.fs_stat(path, follow, Boolean(options.bigint), required, done));
  return numbers === undefined ? undefined : toStats(numbers);
}

async function lstat(path, options = NO_OPTIONS) {
  return await statWith(path, options, false);
}

async function stat(path, options = NO_OPTIONS) {
  return await statWith(path, options, true);
}

async function statfs(path, options = NO_OPTIONS) {
  path = toPath(path);
  return toStatFs(await promised((done) => ops.fs_statfs(path, Boolean(options.bigint), done)));
}

async function link(existingPath, newPath) {
  existingPath = toPath(existingPath, 'existingPath');
  newPath = toPath(newPath, 'newPath');
  await promised((done) => ops.fs_link(existingPath, newPath, done));
}

async function unlink(path) {
  path = toPath(path);
  await promised((done) => ops.fs_unlink(path, done));
}

async function chmod(path, mode) {
  path = toPath(path);
  mode = toMode(mode);
  await promised((done) => ops.fs_chmod(path, mode, done));
}

async function lchmod(_path, _mode) {
  // Only some systems have permissions of links.
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

async function lchown(path, uid, gid) {
  path = toPath(path);
  checkOwner(uid, gid);
  await promised((done) => ops.fs_chown(path, uid, gid, false, done));
}

async function chown(path, uid, gid) {
  path = toPath(path);
  checkOwner(uid, gid);
  await promised((done) => ops.fs_chown(path, uid, gid, true, done));
}

async function utimes(path, atime, mtime) {
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  await promised((done) => ops.fs_utimes(path, atime, mtime, true, done));
}

async function lutimes(path, atime, mtime) {
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  await promised((done) => ops.fs_utimes(path, atime, mtime, false, done));
}

async function realpath(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  const name = await promised((done) => ops.fs_realpath(path, isText(encoding), true, done));
  return toName(name, encoding);
}

async function mkdtemp(prefix, options) {
  const { encoding } = toOptions(options);
  prefix = require('internal/fs/folders').toTemplate(prefix);
  const name = await promised((done) => ops.fs_mkdtemp(prefix, isText(encoding), done));
  return toName(name, encoding);
}

async function mkdtempDisposable(prefix, options) {
  const path = await mkdtemp(prefix, options);
  // The current folder may be another one by then.
  const full = require('path').resolve(String(path));
  const remove = async () => rm(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return {
    __proto__: null,
    path,
    remove,
    async [Symbol.asyncDispose]() {
      await remove();
    },
  };
}

/** The promise of an operation that a signal can end. */
function abortable(signal, start) {
  return new Promise((resolve, reject) => {
    content.abortable(signal, start, (error, value) => {
      if (error === null) resolve(value);
      else reject(error);
    });
  });
}

function checkAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

const isIterable = (data) =>
  data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
  (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');

async function writeFile(path, data, options) {
  return await writeWith(path, data, options, content.WRITE_DEFAULTS);
}

async function writeWith(path, data, options, defaults) {
  if (path instanceof FileHandle) return await path.writeFile(data, options);
  if (isIterable(data)) {
    options = toOptions(options, defaults);
    checkAborted(options.signal);
    const handle = await open(path, options.flag || defaults.flag, options.mode);
    try {
      await handle.writeFile(data, options);
      if (options.flush) await handle.sync();
    } finally {
      await handle.close();
    }
    return undefined;
  }
  const writing = content.toWriting(toPath(path), data, options, defaults);
  checkAborted(writing.signal);
  await abortable(writing.signal, (done) => content.startWriting(writing, done));
  return undefined;
}

async function appendFile(path, data, options) {
  if (path instanceof FileHandle) return await path.appendFile(data, options);
  return await writeWith(path, data, options, content.APPEND_DEFAULTS);
}

async function readFile(path, options) {
  options = toOptions(options, content.READ_DEFAULTS);
  content.checkTarget(options);
  const { signal } = options;
  if (path instanceof FileHandle) return await path.readFile(options);
  path = toPath(path);
  checkAborted(signal);
  const value = await abortable(signal, (done) => content.startReading(path, options, done))
    .catch((error) => {
      throw content.withPath(error, path);
    });
  return content.toContent(value, options);
}

function glob(pattern, options) {
  return require('internal/fs/glob').globIterator(pattern, options);
}

async function* _watch(filename, options = {}) {
  yield* require('internal/fs/watch_iterator').watch(filename, options);
}

// In Node's order.
module.exports = {
  exports: {
    access,
    copyFile,
    cp,
    glob,
    open,
    opendir,
    rename,
    truncate,
    rm,
    rmdir,
    mkdir,
    readdir,
    readlink,
    symlink,
    lstat,
    stat,
    statfs,
    link,
    unlink,
    chmod,
    lchmod,
    lchown,
    chown,
    utimes,
    lutimes,
    realpath,
    mkdtemp,
    mkdtempDisposable,
    writeFile,
    appendFile,
    readFile,
    watch: _watch,
    constants,
  },
};

'use strict';

// What is known of a file beside its content: stat, access, owner, permissions, times
// (https://nodejs.org/api/fs.html#fsstatpath-options-callback).

const { validateInteger } = require('internal/validators');
const { checkCallback, toBits, toFd, toMode, toPath, toSeconds } = require('internal/fs/arguments');
const { converted } = require('internal/fs/callbacks');
const { toStatFs, toStats } = require('internal/fs/stats');

const MAX_ID = 2 ** 32 - 1;
const NO_OPTIONS = Object.freeze({ bigint: false });
// Numbers of the last synchronous stat.
const numbers = new Float64Array(18);

/** The numbers of an op as Stats; nothing for nothing. */
const orNothing = (values) => (values === undefined ? undefined : toStats(values));

/** Results without an entry are `callback(null, undefined)`. */
function statCallback(callback) {
  return converted(callback, orNothing);
}

function statWith(follow, path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = NO_OPTIONS;
  }
  checkCallback(callback);
  path = toPath(path);
  ops.fs_stat(path, follow, Boolean(options.bigint), options.throwIfNoEntry !== false, statCallback(callback));
}

function statSyncWith(follow, path, options) {
  path = toPath(path);
  const bigint = options.bigint;
  const required = options.throwIfNoEntry !== false;
  if (bigint) return orNothing(ops.fs_stat(path, follow, true, required, undefined));
  return ops.fs_stat_into(path, follow, required, numbers) ? toStats(numbers) : undefined;
}

function stat(path, options = NO_OPTIONS, callback) {
  statWith(true, path, options, callback);
}

function statSync(path, options = NO_OPTIONS) {
  return statSyncWith(true, path, options);
}

function lstat(path, options = NO_OPTIONS, callback) {
  statWith(false, path, options, callback);
}

function lstatSync(path, options = NO_OPTIONS) {
  return statSyncWith(false, path, options);
}

function fstat(fd, options = NO_OPTIONS, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = NO_OPTIONS;
  }
  checkCallback(callback);
  ops.fs_fstat(toFd(fd), Boolean(options.bigint), converted(callback, toStats));
}

function fstatSync(fd, options = NO_OPTIONS) {
  const bigint = options.bigint;
  fd = toFd(fd);
  if (bigint) return toStats(ops.fs_fstat(fd, true, undefined));
  ops.fs_fstat_into(fd, numbers);
  return toStats(numbers);
}

function statfs(path, options = NO_OPTIONS, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = NO_OPTIONS;
  }
  checkCallback(callback);
  ops.fs_statfs(toPath(path), Boolean(options.bigint), converted(callback, toStatFs));
}

function statfsSync(path, options = NO_OPTIONS) {
  return toStatFs(ops.fs_statfs(toPath(path), Boolean(options.bigint), undefined));
}

function access(path, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  path = toPath(path);
  checkCallback(callback);
  ops.fs_access(path, toBits(mode, 7), callback);
}

function accessSync(path, mode) {
  ops.fs_access(toPath(path), toBits(mode, 7), undefined);
}

function exists(path, callback) {
  checkCallback(callback);
  const { marked } = require('internal/fs/callbacks');
  let file;
  try {
    file = toPath(path);
  } catch {
    callback(false);
    return;
  }
  ops.fs_exists(file, marked((error, found) => callback(error === null && found), callback));
}

// The promise form of `exists` never fails.
Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: function exists(path) {
    return new Promise((resolve) => module.exports.exists(path, resolve));
  },
});

let existsWarned = false;

function existsSync(path) {
  let file;
  try {
    file = toPath(path);
  } catch (error) {
    if (!existsWarned && error.code === 'ERR_INVALID_ARG_TYPE') {
      existsWarned = true;
      const message = 'Passing invalid argument types to fs.existsSync is deprecated';
      process.emitWarning(message, 'DeprecationWarning', 'DEP0187');
    }
    return false;
  }
  return ops.fs_exists(file, undefined);
}

function chmod(path, mode, callback) {
  path = toPath(path);
  mode = toMode(mode);
  checkCallback(callback);
  ops.fs_chmod(path, mode, callback);
}

function chmodSync(path, mode) {
  path = toPath(path);
  ops.fs_chmod(path, toMode(mode), undefined);
}

function fchmod(fd, mode, callback) {
  mode = toMode(mode);
  checkCallback(callback);
  ops.fs_fchmod(toFd(fd), mode, callback);
}

function fchmodSync(fd, mode) {
  mode = toMode(mode);
  ops.fs_fchmod(toFd(fd), mode, undefined);
}

/** Ids of a user and a group; -1 leaves one as it is. */
function checkOwner(uid, gid) {
  validateInteger(uid, 'uid', -1, MAX_ID);
  validateInteger(gid, 'gid', -1, MAX_ID);
}

function chown(path, uid, gid, callback) {
  checkCallback(callback);
  path = toPath(path);
  checkOwner(uid, gid);
  ops.fs_chown(path, uid, gid, true, callback);
}

function chownSync(path, uid, gid) {
  path = toPath(path);
  checkOwner(uid, gid);
  ops.fs_chown(path, uid, gid, true, undefined);
}

function lchown(path, uid, gid, callback) {
  checkCallback(callback);
  path = toPath(path);
  checkOwner(uid, gid);
  ops.fs_chown(path, uid, gid, false, callback);
}

function lchownSync(path, uid, gid) {
  path = toPath(path);
  checkOwner(uid, gid);
  ops.fs_chown(path, uid, gid, false, undefined);
}

function fchown(fd, uid, gid, callback) {
  checkOwner(uid, gid);
  checkCallback(callback);
  ops.fs_fchown(toFd(fd), uid, gid, callback);
}

function fchownSync(fd, uid, gid) {
  checkOwner(uid, gid);
  ops.fs_fchown(toFd(fd), uid, gid, undefined);
}

function utimes(path, atime, mtime, callback) {
  checkCallback(callback);
  path = toPath(path);
  ops.fs_utimes(path, toSeconds(atime), toSeconds(mtime), true, callback);
}

function utimesSync(path, atime, mtime) {
  path = toPath(path);
  ops.fs_utimes(path, toSeconds(atime), toSeconds(mtime), true, undefined);
}

function lutimes(path, atime, mtime, callback) {
  checkCallback(callback);
  path = toPath(path);
  ops.fs_utimes(path, toSeconds(atime), toSeconds(mtime), false, callback);
}

function lutimesSync(path, atime, mtime) {
  path = toPath(path);
  ops.fs_utimes(path, toSeconds(atime), toSeconds(mtime), false, undefined);
}

function futimes(fd, atime, mtime, callback) {
  const accessed = toSeconds(atime, 'atime');
  const modified = toSeconds(mtime, 'mtime');
  checkCallback(callback);
  ops.fs_futimes(toFd(fd), accessed, modified, callback);
}

function futimesSync(fd, atime, mtime) {
  const accessed = toSeconds(atime, 'atime');
  const modified = toSeconds(mtime, 'mtime');
  ops.fs_futimes(toFd(fd), accessed, modified, undefined);
}

module.exports = {
  access,
  accessSync,
  checkOwner,
  chmod,
  chmodSync,
  chown,
  chownSync,
  exists,
  existsSync,
  fchmod,
  fchmodSync,
  fchown,
  fchownSync,
  fstat,
  fstatSync,
  futimes,
  futimesSync,
  lchown,
  lchownSync,
  lstat,
  lstatSync,
  lutimes,
  lutimesSync,
  stat,
  statSync,
  statfs,
  statfsSync,
  utimes,
  utimesSync,
};

'use strict';

// Names of files: rename, links, copies, real paths (https://nodejs.org/api/fs.html#fsrenameoldpath-newpath-callback).

const { codes } = require('internal/errors');
const { checkCallback, isText, toBits, toBuffer, toName, toOptions, toPath } = require('internal/fs/arguments');
const { converted } = require('internal/fs/callbacks');

const { ERR_INVALID_ARG_VALUE } = codes;
const LINK_TYPES = ['dir', 'file', 'junction', null, undefined];

function rename(oldPath, newPath, callback) {
  checkCallback(callback);
  ops.fs_rename(toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath'), callback);
}

function renameSync(oldPath, newPath) {
  ops.fs_rename(toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath'), undefined);
}

function unlink(path, callback) {
  checkCallback(callback);
  ops.fs_unlink(toPath(path), callback);
}

function unlinkSync(path) {
  ops.fs_unlink(toPath(path), undefined);
}

function link(existingPath, newPath, callback) {
  checkCallback(callback);
  ops.fs_link(toPath(existingPath, 'existingPath'), toPath(newPath, 'newPath'), callback);
}

function linkSync(existingPath, newPath) {
  ops.fs_link(toPath(existingPath, 'existingPath'), toPath(newPath, 'newPath'), undefined);
}

/** The type matters on Windows only, but a wrong one is wrong everywhere. */
function checkLinkType(type) {
  if (LINK_TYPES.includes(type)) return;
  const allowed = LINK_TYPES.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ');
  throw new ERR_INVALID_ARG_VALUE('type', type, `must be one of: ${allowed}`);
}

function symlink(target, path, type, callback) {
  if (callback === undefined) {
    callback = checkCallback(type);
    type = undefined;
  } else {
    checkLinkType(type);
  }
  target = toPath(target, 'target');
  path = toPath(path);
  ops.fs_symlink(target, path, checkCallback(callback));
}

function symlinkSync(target, path, type) {
  checkLinkType(type);
  target = toPath(target, 'target');
  ops.fs_symlink(target, toPath(path), undefined);
}

function readlink(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  const { encoding } = toOptions(options);
  path = toPath(path);
  ops.fs_readlink(path, isText(encoding), converted(callback, (name) => toName(name, encoding)));
}

function readlinkSync(path, options) {
  const { encoding } = toOptions(options);
  return toName(ops.fs_readlink(toPath(path), isText(encoding), undefined), encoding);
}

/** An absolute path for the search step by step. Here everything can be made a path. */
function resolved(path) {
  if (typeof path === 'object' && path !== null && path.href !== undefined) path = toPath(path);
  return require('path').resolve(toPath(path instanceof Uint8Array ? toBuffer(path.slice()).toString() : `${path}`));
}

function realpath(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  const { encoding } = toOptions(options);
  path = resolved(path);
  ops.fs_realpath(path, isText(encoding), false, converted(callback, (name) => toName(name, encoding)));
}

function realpathSync(path, options) {
  const { encoding } = toOptions(options);
  return toName(ops.fs_realpath(resolved(path), isText(encoding), false, undefined), encoding);
}

const unnamed = (method) => method;

realpath.native = unnamed((path, options, callback) => {
  callback = checkCallback(callback || options);
  const { encoding } = toOptions(options);
  path = toPath(path);
  ops.fs_realpath(path, isText(encoding), true, converted(callback, (name) => toName(name, encoding)));
});

realpathSync.native = unnamed((path, options) => {
  const { encoding } = toOptions(options);
  return toName(ops.fs_realpath(toPath(path), isText(encoding), true, undefined), encoding);
});

function copyFile(src, dest, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  checkCallback(callback);
  ops.fs_copy_file(src, dest, toBits(mode, 7), callback);
}

function copyFileSync(src, dest, mode) {
  ops.fs_copy_file(toPath(src, 'src'), toPath(dest, 'dest'), toBits(mode, 7), undefined);
}

module.exports = {
  checkLinkType,
  copyFile,
  copyFileSync,
  link,
  linkSync,
  readlink,
  readlinkSync,
  realpath,
  realpathSync,
  rename,
  renameSync,
  symlink,
  symlinkSync,
  unlink,
  unlinkSync,
};

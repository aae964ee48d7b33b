'use strict';

// `fs`: the callback and the synchronous forms (https://nodejs.org/api/fs.html). Node's order of names.

const { toSeconds } = require('internal/fs/arguments');
const { constants } = require('internal/fs/constants');
const content = require('internal/fs/content');
const descriptors = require('internal/fs/descriptors');
const { Dirent } = require('internal/fs/dirent');
const folders = require('internal/fs/folders');
const meta = require('internal/fs/meta');
const names = require('internal/fs/names');

function cp(src, dest, options, callback) {
  require('internal/fs/cp').cp(src, dest, options, callback);
}

function cpSync(src, dest, options) {
  require('internal/fs/cp').cpSync(src, dest, options);
}

function createReadStream(path, options) {
  const { ReadStream } = require('internal/fs/streams');
  return new ReadStream(path, options);
}

function createWriteStream(path, options) {
  const { WriteStream } = require('internal/fs/streams');
  return new WriteStream(path, options);
}

function glob(pattern, options, callback) {
  require('internal/fs/glob').glob(pattern, options, callback);
}

function globSync(pattern, options) {
  return require('internal/fs/glob').globSync(pattern, options);
}

function openAsBlob(path, options = {}) {
  return require('internal/fs/blob').openAsBlob(path, options);
}

function openAsBlobSync(path, options = {}) {
  return require('internal/fs/blob').openAsBlobSync(path, options);
}

function unwatchFile(filename, listener) {
  require('internal/fs/watch_file').unwatchFile(filename, listener);
}

function watch(filename, options, listener) {
  return require('internal/fs/watch').watch(filename, options, listener);
}

function watchFile(filename, options, listener) {
  return require('internal/fs/watch_file').watchFile(filename, options, listener);
}

function opendir(path, options, callback) {
  require('internal/fs/dir').opendir(path, options, callback);
}

function opendirSync(path, options) {
  return require('internal/fs/dir').opendirSync(path, options);
}

function toUnixTimestamp(time, name = 'time') {
  return toSeconds(time, name);
}

let statsWarned = false;

/** `fs.Stats`, which scripts should not make themselves. */
function deprecated(...args) {
  if (!statsWarned) {
    statsWarned = true;
    process.emitWarning('fs.Stats constructor is deprecated.', 'DeprecationWarning', 'DEP0180', deprecated);
  }
  const { Stats } = require('internal/fs/stats');
  if (!new.target) return Reflect.apply(Stats, this, args);
  return Reflect.construct(Stats, args, new.target === deprecated ? Stats : new.target);
}

Object.assign(exports, {
  appendFile: content.appendFile,
  appendFileSync: content.appendFileSync,
  access: meta.access,
  accessSync: meta.accessSync,
  chown: meta.chown,
  chownSync: meta.chownSync,
  chmod: meta.chmod,
  chmodSync: meta.chmodSync,
  close: descriptors.close,
  closeSync: descriptors.closeSync,
  copyFile: names.copyFile,
  copyFileSync: names.copyFileSync,
  cp,
  cpSync,
  createReadStream,
  createWriteStream,
  exists: meta.exists,
  existsSync: meta.existsSync,
  fchown: meta.fchown,
  fchownSync: meta.fchownSync,
  fchmod: meta.fchmod,
  fchmodSync: meta.fchmodSync,
  fdatasync: descriptors.fdatasync,
  fdatasyncSync: descriptors.fdatasyncSync,
  fstat: meta.fstat,
  fstatSync: meta.fstatSync,
  fsync: descriptors.fsync,
  fsyncSync: descriptors.fsyncSync,
  ftruncate: descriptors.ftruncate,
  ftruncateSync: descriptors.ftruncateSync,
  futimes: meta.futimes,
  futimesSync: meta.futimesSync,
  glob,
  globSync,
  lchown: meta.lchown,
  lchownSync: meta.lchownSync,
  // Linux has no permissions of links.
  lchmod: undefined,
  lchmodSync: undefined,
  link: names.link,
  linkSync: names.linkSync,
  lstat: meta.lstat,
  lstatSync: meta.lstatSync,
  lutimes: meta.lutimes,
  lutimesSync: meta.lutimesSync,
  mkdir: folders.mkdir,
  mkdirSync: folders.mkdirSync,
  mkdtemp: folders.mkdtemp,
  mkdtempSync: folders.mkdtempSync,
  mkdtempDisposableSync: folders.mkdtempDisposableSync,
  open: descriptors.open,
  openSync: descriptors.openSync,
  openAsBlob,
  openAsBlobSync,
  readdir: folders.readdir,
  readdirSync: folders.readdirSync,
  read: descriptors.read,
  readSync: descriptors.readSync,
  readv: descriptors.readv,
  readvSync: descriptors.readvSync,
  readFile: content.readFile,
  readFileSync: content.readFileSync,
  readlink: names.readlink,
  readlinkSync: names.readlinkSync,
  realpath: names.realpath,
  realpathSync: names.realpathSync,
  rename: names.rename,
  renameSync: names.renameSync,
  rm: folders.rm,
  rmSync: folders.rmSync,
  rmdir: folders.rmdir,
  rmdirSync: folders.rmdirSync,
  stat: meta.stat,
  statfs: meta.statfs,
  statSync: meta.statSync,
  statfsSync: meta.statfsSync,
  symlink: names.symlink,
  symlinkSync: names.symlinkSync,
  truncate: descriptors.truncate,
  truncateSync: descriptors.truncateSync,
  unwatchFile,
  unlink: names.unlink,
  unlinkSync: names.unlinkSync,
  utimes: meta.utimes,
  utimesSync: meta.utimesSync,
  watch,
  watchFile,
  writeFile: content.writeFile,
  writeFileSync: content.writeFileSync,
  write: descriptors.write,
  writeSync: descriptors.writeSync,
  writev: descriptors.writev,
  writevSync: descriptors.writevSync,
  Dirent,
  Stats: deprecated,
});

Object.defineProperty(deprecated, 'length', { __proto__: null, value: 18, configurable: true });
Object.defineProperty(deprecated, 'prototype', {
  __proto__: null, value: require('internal/fs/stats').Stats.prototype, writable: true,
});

/** A class that is loaded when first asked for, and can be replaced. */
function lazyClass(name, id, exported, settable) {
  let own;
  Object.defineProperty(exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      own ??= require(id)[exported];
      return own;
    },
    set: settable
      ? (value) => {
        own = value;
      }
      : undefined,
  });
}

lazyClass('ReadStream', 'internal/fs/streams', 'ReadStream', true);
lazyClass('WriteStream', 'internal/fs/streams', 'WriteStream', true);
lazyClass('FileReadStream', 'internal/fs/streams', 'ReadStream', true);
lazyClass('FileWriteStream', 'internal/fs/streams', 'WriteStream', true);
lazyClass('Utf8Stream', 'internal/fs/utf8_stream', 'Utf8Stream', false);
exports._toUnixTimestamp = toUnixTimestamp;
exports.Dir = require('internal/fs/dir').Dir;
exports.opendir = opendir;
exports.opendirSync = opendirSync;
Object.defineProperties(exports, {
  constants: { __proto__: null, enumerable: true, value: constants },
  promises: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => require('internal/fs/promises').exports,
  },
});

// `util.promisify` gives these two an object with both results.
const { kCustomPromisifyArgs } = require('internal/util/promisify');
for (const [name, results] of [
  ['read', ['bytesRead', 'buffer']],
  ['readv', ['bytesRead', 'buffers']],
  ['write', ['bytesWritten', 'buffer']],
  ['writev', ['bytesWritten', 'buffer']],
]) {
  Object.defineProperty(exports[name], kCustomPromisifyArgs, { __proto__: null, value: results, enumerable: false });
}

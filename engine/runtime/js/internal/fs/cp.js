'use strict';

// Copying folders (https://nodejs.org/api/fs.html#fscpsrc-dest-options-callback). One operation does all of it, except
// when a filter of the script decides about every file.

const { codes } = require('internal/errors');
const { checkCallback, toBuffer, toCpOptions, toPath } = require('internal/fs/arguments');
const { marked, promised } = require('internal/fs/callbacks');

const { ERR_INVALID_RETURN_VALUE } = codes;
const RULE = /^ERR_/;
const RULE_ERRNO = { 17: 'EEXIST', 20: 'ENOTDIR', 21: 'EISDIR', 22: 'EINVAL' };
const TEXT = /^(.*?): (.*), cp '/s;

/** What the system's side says when the rules of `cp` forbid something, as Node says it. */
function toCpError(error) {
  if (error.syscall !== 'cp' || !RULE.test(error.code)) return error;
  const errno = -error.errno;
  const message = TEXT.exec(error.message)[2];
  return new codes[error.code]({ message, path: error.path, syscall: 'cp', errno, code: RULE_ERRNO[errno] });
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

// The synchronous form words the same rules differently.
function toSyncError(error, src) {
  if (error.syscall !== 'cp' || !RULE.test(error.code) || error.code === 'ERR_FS_CP_EEXIST') return toCpError(error);
  let message = TEXT.exec(error.message)[2];
  if (error.code === 'ERR_FS_EISDIR') {
    message = `Recursive option not enabled, cannot copy a directory: ${slashed(error.path)}`;
  } else if (message.startsWith('src and dest')) {
    message = `${message} ${error.path}`;
  } else {
    message = capital(message).replace(`copy ${src} to a subdirectory`, `copy ${slashed(src)} to a subdirectory`);
  }
  const shown = new Error(message);
  shown.code = error.code;
  return shown;
}

const slashed = (path) => (path.endsWith('/') ? path : `${path}/`);

function start(src, dest, options, single, callback) {
  return ops.fs_cp(
    src, dest, options.dereference, options.errorOnExist, options.force, options.preserveTimestamps,
    options.recursive, options.verbatimSymlinks, options.mode, single, callback,
  );
}

const textOf = (path) => (typeof path === 'string' ? path : toBuffer(path.slice()).toString());

/** The filter is given texts. */
function checkVerdict(verdict) {
  if (typeof verdict === 'object' && verdict !== null && typeof verdict.then === 'function') {
    throw new ERR_INVALID_RETURN_VALUE('boolean', 'filter', verdict);
  }
  return verdict;
}

function copyFilteredSync(src, dest, options) {
  if (!checkVerdict(options.filter(src, dest))) return;
  let isFolder;
  try {
    isFolder = start(src, dest, options, true, undefined);
  } catch (error) {
    throw toCpError(error);
  }
  if (!isFolder) return;
  const { join } = require('path');
  for (const name of ops.fs_readdir(src, true, false, false, undefined)) {
    copyFilteredSync(join(src, name), join(dest, name), options);
  }
  ops.fs_chmod(dest, require('internal/fs/meta').statSync(src).mode & 0o7777, undefined);
}

async function copyFiltered(src, dest, options) {
  if (!await options.filter(src, dest)) return;
  const isFolder = await promised((done) => start(src, dest, options, true, done)).catch((error) => {
    throw toCpError(error);
  });
  if (!isFolder) return;
  const { join } = require('path');
  for (const name of await promised((done) => ops.fs_readdir(src, true, false, false, done))) {
    await copyFiltered(join(src, name), join(dest, name), options);
  }
  const { mode } = await require('internal/fs/promises').exports.stat(src);
  await promised((done) => ops.fs_chmod(dest, mode & 0o7777, done));
}

function cpSync(src, dest, options) {
  options = toCpOptions(options);
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  if (options.filter !== undefined) {
    copyFilteredSync(textOf(src), textOf(dest), options);
    return;
  }
  try {
    start(src, dest, options, false, undefined);
  } catch (error) {
    throw toSyncError(error, textOf(src));
  }
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  checkCallback(callback);
  options = toCpOptions(options);
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  if (options.filter !== undefined) {
    copyFiltered(textOf(src), textOf(dest), options).then(
      () => process.nextTick(callback, null, undefined),
      (error) => process.nextTick(callback, error),
    );
    return;
  }
  const done = (error) => {
    if (error === null) callback(null, undefined);
    else callback(toCpError(error));
  };
  start(src, dest, options, false, marked(done, callback));
}

/** The promise form. */
async function cpPromise(src, dest, options) {
  options = toCpOptions(options);
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  if (options.filter !== undefined) {
    await copyFiltered(textOf(src), textOf(dest), options);
    return;
  }
  await promised((done) => start(src, dest, options, false, done)).catch((error) => {
    throw toCpError(error);
  });
}

module.exports = { cp, cpPromise, cpSync };

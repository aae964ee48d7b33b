'use strict';

// What the process asks of the system (https://nodejs.org/api/process.html): folder, ids, signals.

const { codes } = require('internal/errors');
const { validateBoolean, validateString, validateUint32 } = require('internal/validators');

let currentFolder = null;

/** Spares asking for the current folder. */
function assumeFolder(folder) {
  currentFolder = folder;
}

/** `process.cwd`. */
function cwd() {
  currentFolder ??= ops.process_cwd();
  return currentFolder;
}

/** `process.chdir`. */
function chdir(directory) {
  validateString(directory, 'directory');
  ops.process_chdir(directory);
  currentFolder = null;
}

/** `process.umask`. */
function umask(mask) {
  if (mask === undefined) return ops.process_umask(null);
  let value = mask;
  if (typeof mask === 'string') {
    if (!/^[0-7]+$/.test(mask)) {
      throw new codes.ERR_INVALID_ARG_VALUE('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    value = parseInt(mask, 8);
  }
  validateUint32(value, 'mask');
  return ops.process_umask(value);
}

/** `process.kill`. */
function kill(pid, signal) {
  if (pid !== (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  const { signals } = require('internal/os/constants');
  let number = signal;
  if (signal === undefined) number = signals.SIGTERM;
  else if (typeof signal === 'string') number = signals[signal];
  if (typeof number !== 'number') throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  try {
    ops.process_kill(pid, number);
  } catch (error) {
    error.message = `kill ${error.code}`;
    throw error;
  }
  return true;
}

/** `process.setSourceMapsEnabled`. */
function setSourceMapsEnabled(enabled) {
  validateBoolean(enabled, 'enabled');
  require('internal/source_map_cache').setSupport(enabled, { nodeModules: enabled, generatedCode: enabled });
}

/** `process.sourceMapsEnabled`. */
function areSourceMapsEnabled() {
  return require('internal/source_map_cache').isEnabled();
}

/** `process.abort`. */
function abort() {
  ops.process_abort();
}

const ids = () => ops.process_user_ids();
const getuid = () => ids()[0];
const geteuid = () => ids()[1];
const getgid = () => ids()[2];
const getegid = () => ids()[3];
/** Whether the effective group is among the supplementary ones is up to the system; it is in the list in any case. */
function getgroups() {
  const groups = Array.from(ids()).slice(4);
  const own = getegid();
  return groups.includes(own) ? groups : [...groups, own];
}

const isRequest = (name) => /Req|GetAddrInfo|GetNameInfo/.test(name);
const stand = (name) => new ({ [name]: class {} }[name])();

/** `process._getActiveRequests`: an object for each operation in flight. */
const getActiveRequests = () => ops.active_resources().filter(isRequest).map(stand);

/** `process._getActiveHandles`: an object for each socket, server, child and the like. */
const getActiveHandles = () => ops.active_resources().filter((name) => !isRequest(name)).map(stand);

/** `process.ref`: calls the ref method of anything that has one. */
function ref(maybeRefable) {
  (maybeRefable?.[Symbol.for('nodejs.ref')] ?? maybeRefable?.ref)?.call(maybeRefable);
}

/** `process.unref`. */
function unref(maybeRefable) {
  (maybeRefable?.[Symbol.for('nodejs.unref')] ?? maybeRefable?.unref)?.call(maybeRefable);
}

module.exports = {
  abort, areSourceMapsEnabled, assumeFolder, chdir, cwd, getActiveHandles, getActiveRequests, getegid, geteuid, getgid, getgroups, getuid, kill, ref, setSourceMapsEnabled,
  umask, unref,
};

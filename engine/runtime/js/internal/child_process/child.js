'use strict';

// `child_process.ChildProcess` (https://nodejs.org/api/child_process.html#class-childprocess).

const EventEmitter = require('events');
const { ErrnoException } = require('internal/errors');
const { observed, publish, tracing } = require('internal/diagnostics/observed');
const { Process } = require('internal/child_process/handle');
const { givenAway, toSignalNumber, validStdio } = require('internal/child_process/options');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');

const ENOENT = -2;
const EAGAIN = -11;
const EACCES = -13;
const EINVAL = -22;
const EMFILE = -24;
const ENFILE = -23;
const ENOSYS = -38;
const ESRCH = -3;

/** Errors that are told as those of the child. */
const LATER = new Set([EACCES, EAGAIN, EMFILE, ENFILE, ENOENT]);

function ChildProcess() {
  Reflect.apply(EventEmitter, this, []);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new Process();
  this._handle.owner = this;
  this._handle.onexit = (code, signal) => onExit(this, code, signal);
  if (observed.module !== null) publish('child_process', { process: this });
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function onExit(child, exitCode, signalCode) {
  if (signalCode) child.signalCode = signalCode;
  else child.exitCode = exitCode;
  if (child.stdin) child.stdin.destroy();
  if (child._handle) child._handle.close();
  child._handle = null;
  if (exitCode < 0) {
    const error = new ErrnoException(exitCode, child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn');
    if (child.spawnfile) error.path = child.spawnfile;
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  // What nobody reads would keep 'close' from coming.
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

function flushStdio(child) {
  for (const stream of child.stdio ?? []) {
    if (!stream || !stream.readable || givenAway.has(stream)) continue;
    stream.resume();
  }
}

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

/** A stream over our end of a pipe. */
function createSocket(entry, index) {
  const net = require('net');
  return new net.Socket({ handle: entry.handle, readable: index > 0, writable: true });
}

Object.assign(ChildProcess.prototype, {
  spawn(options) {
    validateObject(options, 'options');
    const { serialization } = options;
    validateOneOf(serialization, 'options.serialization', [undefined, 'json', 'advanced']);
    const { stdio, ipc, ipcFd } = validStdio(options.stdio ?? 'pipe', false);
    if (ipc !== undefined) {
      if (options.envPairs === undefined) options.envPairs = [];
      else validateArray(options.envPairs, 'options.envPairs');
      options.envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization || 'json'}`);
    }
    validateString(options.file, 'options.file');
    this.spawnfile = options.file;
    if (options.args === undefined) {
      this.spawnargs = [];
    } else {
      validateArray(options.args, 'options.args');
      this.spawnargs = options.args;
    }
    const trace = tracing('child_process.spawn');
    trace?.start.publish({ process: this, options });
    const status = this._handle.spawn({ __proto__: null, ...options, args: this.spawnargs.length > 0 ? this.spawnargs : [options.file], stdio });
    if (status === 0) trace?.end.publish({ process: this });
    else trace?.error.publish({ process: this, error: new ErrnoException(status, 'spawn') });
    if (LATER.has(status)) {
      process.nextTick(onError, this, status);
      // There is no child to write to, and nothing comes back.
      if (status === EMFILE || status === ENFILE) return status;
    } else if (status) {
      for (const { handle } of stdio) handle?.close();
      this._handle.close();
      this._handle = null;
      throw new ErrnoException(status, 'spawn');
    } else {
      process.nextTick(onSpawn, this);
    }
    this.pid = this._handle.pid;
    this.stdio = stdio.map((entry, index) => {
      if (entry.ipc || !entry.handle) return null;
      const stream = createSocket(status === 0 ? entry : {}, index);
      // Without a child nothing comes back.
      if (status !== 0) stream.destroy();
      // The end of a pipe that is read is an end of the child's.
      this._closesNeeded++;
      stream.on('close', () => maybeClose(this));
      return stream;
    });
    for (const { passed, fd } of stdio) {
      if (!passed) continue;
      const stream = require('internal/child_process/pass_on').passOn(passed, fd);
      this._closesNeeded++;
      stream.on('close', () => maybeClose(this));
      (this._passed ??= []).push(stream);
    }
    [this.stdin = null, this.stdout = null, this.stderr = null] = this.stdio;
    if (ipc !== undefined && status === 0) {
      require('internal/child_process/ipc').setUpChannel(this, ipc, serialization || 'json');
    }
    return status;
  },

  kill(signal) {
    const number = signal === 0 ? signal : toSignalNumber(signal === undefined ? 'SIGTERM' : signal);
    if (!this._handle) return false;
    const status = this._handle.kill(number);
    if (status === 0) {
      this.killed = true;
      return true;
    }
    if (status === ESRCH) return false;
    if (status === EINVAL || status === ENOSYS) throw new ErrnoException(status, 'kill');
    this.emit('error', new ErrnoException(status, 'kill'));
    return false;
  },

  ref() {
    this._handle?.ref();
    this._passed?.forEach((stream) => stream.ref());
  },

  unref() {
    this._handle?.unref();
    this._passed?.forEach((stream) => stream.unref());
  },
});

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

function onError(child, status) {
  onExit(child, status, '');
}

function onSpawn(child) {
  child.emit('spawn');
}

module.exports = { ChildProcess };

'use strict';

// Watching a file by looking at it again and again (https://nodejs.org/api/fs.html#fswatchfilefilename-options-listener).

const EventEmitter = require('events');
const { validateFunction, validateUint32 } = require('internal/validators');
const { toBuffer, toPath } = require('internal/fs/arguments');
const { toStats } = require('internal/fs/stats');

const INTERVAL = 5007;
/** Places of what is looked at: all but the times of access. */
const LOOKED_AT = [0, 1, 3, 4, 7, 8, 12, 13, 14, 15, 16, 17];

const kOldStatus = Symbol('kOldStatus');
const kUseBigint = Symbol('kUseBigint');
const kRefCount = Symbol('KFSStatWatcherRefCount');
const kMaxRefCount = Symbol('KFSStatWatcherMaxRefCount');
const kStart = Symbol('kFSStatWatcherStart');
const kAddOrCleanRef = Symbol('kFSStatWatcherAddOrCleanRef');
const ownerSymbol = Symbol('owner_symbol');

// Functions without a name, as Node's are.
const unnamed = (method) => method;

/** Looks at a file every so often. */
class StatPoll {
  #bigint;
  #timer = null;
  #op = 0;
  #closed = false;
  #refd = true;
  /** The last numbers, and whether the file was there. */
  #last = null;
  #wasThere = null;

  constructor(bigint) {
    this.#bigint = bigint;
  }

  start(path, interval) {
    const look = () => {
      this.#timer = null;
      this.#op = ops.fs_stat(path, true, this.#bigint, true, (error, numbers) => {
        this.#op = 0;
        if (this.#closed) return;
        this.#compare(error, numbers);
        if (this.#closed) return;
        this.#timer = require('timers').setTimeout(look, Math.max(1, interval));
        if (!this.#refd) this.#timer.unref();
      });
      if (!this.#refd) ops.op_refd(this.#op, false);
    };
    look();
  }

  #nothing() {
    return this.#bigint ? new BigInt64Array(18) : new Float64Array(18);
  }

  #compare(error, numbers) {
    const last = this.#last ?? this.#nothing();
    if (error !== null) {
      if (this.#wasThere !== false) {
        this.#wasThere = false;
        this.onchange(-1, toStats(this.#nothing()), toStats(last));
      }
      return;
    }
    const first = this.#wasThere === null;
    const changed = this.#wasThere === false || LOOKED_AT.some((index) => numbers[index] !== last[index]);
    this.#wasThere = true;
    this.#last = numbers;
    if (!first && changed) this.onchange(0, toStats(numbers), toStats(last));
  }

  close() {
    this.#closed = true;
    if (this.#timer !== null) require('timers').clearTimeout(this.#timer);
    if (this.#op !== 0) ops.op_refd(this.#op, false);
  }

  setRef(refd) {
    this.#refd = refd;
    if (this.#op !== 0) ops.op_refd(this.#op, refd);
    if (refd) this.#timer?.ref();
    else this.#timer?.unref();
  }
}

function StatWatcher(bigint) {
  Reflect.apply(EventEmitter, this, []);
  this._handle = null;
  this[kOldStatus] = -1;
  this[kUseBigint] = bigint;
  this[kRefCount] = 1;
  this[kMaxRefCount] = 1;
}
Object.setPrototypeOf(StatWatcher.prototype, EventEmitter.prototype);
Object.setPrototypeOf(StatWatcher, EventEmitter);

StatWatcher.prototype[kStart] = unnamed(function (filename, persistent, interval) {
  if (this._handle !== null) return;
  validateUint32(interval, 'interval');
  this._handle = new StatPoll(this[kUseBigint]);
  this._handle[ownerSymbol] = this;
  this._handle.onchange = (status, now, before) => {
    this[kOldStatus] = status;
    this.emit('change', now, before);
  };
  if (!persistent) this.unref();
  this._handle.start(filename, interval);
});

// Nothing has to be begun any more; scripts written for old versions call it.
StatWatcher.prototype.start = unnamed(() => {});

StatWatcher.prototype.stop = unnamed(function () {
  if (this._handle === null) return;
  process.nextTick((watcher) => watcher.emit('stop'), this);
  this._handle.close();
  this._handle = null;
});

// Everybody who watches the same file counts.
StatWatcher.prototype[kAddOrCleanRef] = unnamed(function (operation) {
  if (operation === 'add') {
    this[kRefCount]++;
    this[kMaxRefCount]++;
  } else if (operation === 'clean') {
    this[kMaxRefCount]--;
    this.unref();
  } else if (operation === 'cleanAll') {
    this[kMaxRefCount] = 0;
    this[kRefCount] = 0;
    this._handle?.setRef(false);
  }
});

StatWatcher.prototype.ref = unnamed(function () {
  if (this[kRefCount] === this[kMaxRefCount]) return this;
  if (this._handle && this[kRefCount]++ === 0) this._handle.setRef(true);
  return this;
});

StatWatcher.prototype.unref = unnamed(function () {
  if (this[kRefCount] === 0) return this;
  if (this._handle && --this[kRefCount] === 0) this._handle.setRef(false);
  return this;
});

/** Watchers by the absolute path of their file. */
const watchers = new Map();

function resolved(filename) {
  const path = toPath(filename);
  return require('path').resolve(typeof path === 'string' ? path : toBuffer(path.slice()).toString());
}

function watchFile(filename, options, listener) {
  filename = resolved(filename);
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = undefined;
  }
  const { interval = INTERVAL, persistent = true, bigint = false } = options ?? {};
  validateFunction(listener, 'listener');
  let watcher = watchers.get(filename);
  if (watcher === undefined) {
    watcher = new StatWatcher(bigint);
    watcher[kStart](filename, persistent, interval);
    watchers.set(filename, watcher);
  } else {
    watcher[kAddOrCleanRef]('add');
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  filename = resolved(filename);
  const watcher = watchers.get(filename);
  if (watcher === undefined) return;
  if (typeof listener === 'function') {
    const before = watcher.listenerCount('change');
    watcher.removeListener('change', listener);
    if (watcher.listenerCount('change') < before) watcher[kAddOrCleanRef]('clean');
  } else {
    watcher.removeAllListeners('change');
    watcher[kAddOrCleanRef]('cleanAll');
  }
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    watchers.delete(filename);
  }
}

module.exports = { unwatchFile, watchFile };

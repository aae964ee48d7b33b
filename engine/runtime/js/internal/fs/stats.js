'use strict';

// What `stat` says of a file: Stats and BigIntStats (https://nodejs.org/api/fs.html#class-fsstats), StatFs.

const { constants } = require('internal/fs/constants');

const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = constants;

const PARTIAL = {
  atime: Symbol('partialAtimeNs'),
  mtime: Symbol('partialMtimeNs'),
  ctime: Symbol('partialCtimeNs'),
  birthtime: Symbol('kPartialBirthtimeNs'),
};
const TIMES = ['atime', 'mtime', 'ctime', 'birthtime'];
const NANOS_PER_MILLI = 1_000_000n;
const NANOS_PER_SECOND = 1_000_000_000n;

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}

// Functions without a name, as Node's are.
const unnamed = (method) => method;

StatsBase.prototype.isDirectory = unnamed(function () {
  return this._checkModeProperty(S_IFDIR);
});
StatsBase.prototype.isFile = unnamed(function () {
  return this._checkModeProperty(S_IFREG);
});
StatsBase.prototype.isBlockDevice = unnamed(function () {
  return this._checkModeProperty(S_IFBLK);
});
StatsBase.prototype.isCharacterDevice = unnamed(function () {
  return this._checkModeProperty(S_IFCHR);
});
StatsBase.prototype.isSymbolicLink = unnamed(function () {
  return this._checkModeProperty(S_IFLNK);
});
StatsBase.prototype.isFIFO = unnamed(function () {
  return this._checkModeProperty(S_IFIFO);
});
StatsBase.prototype.isSocket = unnamed(function () {
  return this._checkModeProperty(S_IFSOCK);
});

function millis(seconds, nanos) {
  return seconds * 1000 + nanos / 1e6;
}

function Stats(
  dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
  atimeSec, atimeNsec, mtimeSec, mtimeNsec, ctimeSec, ctimeNsec, birthtimeSec, birthtimeNsec,
) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = millis(atimeSec, atimeNsec);
  this.mtimeMs = millis(mtimeSec, mtimeNsec);
  this.ctimeMs = millis(ctimeSec, ctimeNsec);
  this.birthtimeMs = millis(birthtimeSec, birthtimeNsec);
  this[PARTIAL.atime] = atimeNsec;
  this[PARTIAL.mtime] = mtimeNsec;
  this[PARTIAL.ctime] = ctimeNsec;
  this[PARTIAL.birthtime] = birthtimeNsec;
}

function BigIntStats(
  dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeNs, mtimeNs, ctimeNs, birthtimeNs,
) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeNs / NANOS_PER_MILLI;
  this.mtimeMs = mtimeNs / NANOS_PER_MILLI;
  this.ctimeMs = ctimeNs / NANOS_PER_MILLI;
  this.birthtimeMs = birthtimeNs / NANOS_PER_MILLI;
  this.atimeNs = atimeNs;
  this.mtimeNs = mtimeNs;
  this.ctimeNs = ctimeNs;
  this.birthtimeNs = birthtimeNs;
}

/** A property that is computed when first read, and an ordinary one from then on. */
function lazily(prototype, name, compute) {
  const fix = (object, value) =>
    Object.defineProperty(object, name, {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  Object.defineProperty(prototype, name, {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() {
      const value = compute(this);
      fix(this, value);
      return value;
    },
    set(value) {
      fix(this, value);
    },
  });
}

function inherit(Class, instant) {
  Object.setPrototypeOf(Class.prototype, StatsBase.prototype);
  Object.setPrototypeOf(Class, StatsBase);
  Object.defineProperty(Class.prototype, 'constructor', { __proto__: null, enumerable: false });
  for (const name of TIMES) {
    lazily(Class.prototype, name, (stats) => new Date(Math.round(Number(stats[`${name}Ms`]))));
  }
  for (const name of TIMES) {
    lazily(Class.prototype, `${name}Instant`, (stats) => new Temporal.Instant(instant(stats, name)));
  }
}

inherit(Stats, (stats, name) => {
  const nanos = stats[PARTIAL[name]];
  const seconds = Math.round((stats[`${name}Ms`] - nanos / 1e6) / 1000);
  return BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos);
});
inherit(BigIntStats, (stats, name) => stats[`${name}Ns`]);

Stats.prototype._checkModeProperty = unnamed(function (property) {
  return (this.mode & S_IFMT) === property;
});
BigIntStats.prototype._checkModeProperty = unnamed(function (property) {
  return (this.mode & BigInt(S_IFMT)) === BigInt(property);
});

/** Stats from the numbers of an op. */
function toStats(numbers) {
  if (numbers instanceof BigInt64Array) {
    const time = (index) => numbers[index] * NANOS_PER_SECOND + numbers[index + 1];
    return new BigIntStats(...numbers.subarray(0, 10), time(10), time(12), time(14), time(16));
  }
  return new Stats(
    numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8],
    numbers[9], numbers[10], numbers[11], numbers[12], numbers[13], numbers[14], numbers[15], numbers[16], numbers[17],
  );
}

function StatFs(type, bsize, frsize, blocks, bfree, bavail, files, ffree) {
  this.type = type;
  this.bsize = bsize;
  this.frsize = frsize;
  this.blocks = blocks;
  this.bfree = bfree;
  this.bavail = bavail;
  this.files = files;
  this.ffree = ffree;
}

/** StatFs from the numbers of an op. */
function toStatFs(numbers) {
  return new StatFs(...numbers);
}

module.exports = { BigIntStats, Stats, toStatFs, toStats };

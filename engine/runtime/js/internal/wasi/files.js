'use strict';

// The descriptors of a WebAssembly program, and paths below the directories that it was given: it cannot leave those, not
// through symbolic links either.

const fs = require('fs');
const path = require('path');
const { Failure, TERMINAL_RIGHTS, errno, filetype, rightsOf } = require('internal/wasi/numbers');

/** So many symbolic links are followed in one path. */
const MOST_LINKS = 32;
const FIRST_PREOPEN = 3;

function kindOf(stat) {
  if (stat.isFile()) return filetype.REGULAR;
  if (stat.isDirectory()) return filetype.DIRECTORY;
  if (stat.isCharacterDevice()) return filetype.CHARACTER;
  if (stat.isSymbolicLink()) return filetype.LINK;
  if (stat.isBlockDevice()) return filetype.BLOCK;
  if (stat.isSocket() || stat.isFIFO()) return filetype.STREAM;
  return filetype.UNKNOWN;
}

class Descriptor {
  /** Where reading and writing goes on, for files that have places. */
  position = 0n;
  flags = 0;
  /** Names in a directory, kept between calls. */
  names = undefined;

  constructor(fd, kind, [base, inheriting], { preopen, root } = {}) {
    this.fd = fd;
    this.kind = kind;
    this.base = base;
    this.inheriting = inheriting;
    /** The name that the program knows a directory by which it was given. */
    this.preopen = preopen;
    /** The directory itself, with no link in its path. */
    this.root = root;
  }

  get hasPlaces() {
    return this.kind === filetype.REGULAR;
  }
}

class Files {
  #open = new Map();

  constructor({ preopens, stdio }) {
    stdio.forEach((fd, number) => {
      const stat = fs.fstatSync(fd);
      const kind = kindOf(stat);
      const isTerminal = kind === filetype.CHARACTER && require('tty').isatty(fd);
      const own = new Descriptor(fd, kind, isTerminal ? [TERMINAL_RIGHTS, 0n] : rightsOf[kind]);
      own.isStandard = true;
      this.#open.set(number, own);
    });
    for (const [preopen, real] of Object.entries(preopens)) {
      const root = fs.realpathSync(real);
      const fd = fs.openSync(root, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
      this.#open.set(this.#free(), new Descriptor(fd, filetype.DIRECTORY, rightsOf[filetype.DIRECTORY], { preopen, root }));
    }
  }

  #free() {
    let number = FIRST_PREOPEN;
    while (this.#open.has(number)) number++;
    return number;
  }

  add(descriptor) {
    const number = this.#free();
    this.#open.set(number, descriptor);
    return number;
  }

  /** The descriptor with this number; it must have these rights. */
  get(number, needed = 0n) {
    const found = this.#open.get(number);
    if (found === undefined) throw new Failure(errno.BADF);
    if ((found.base & needed) !== needed) throw new Failure(errno.NOTCAPABLE);
    return found;
  }

  close(number) {
    const found = this.get(number);
    this.#open.delete(number);
    fs.closeSync(found.fd);
  }

  renumber(from, to) {
    const [source, target] = [this.get(from), this.get(to)];
    if (from === to) return;
    this.#open.delete(from);
    this.#open.set(to, source);
    fs.closeSync(target.fd);
  }

  /** The path outside for one inside a directory; the last part's link is followed only if so asked. */
  resolve({ kind, root }, inside, follow) {
    if (kind !== filetype.DIRECTORY) throw new Failure(errno.NOTDIR);
    if (inside === '') throw new Failure(errno.INVAL);
    if (inside.includes('\0')) throw new Failure(errno.ILSEQ);
    if (inside.startsWith('/')) throw new Failure(errno.NOTCAPABLE);
    const split = (text) => text.split('/').filter((part) => part !== '' && part !== '.');
    let parts = split(inside);
    const walked = [];
    let links = 0;
    while (parts.length > 0) {
      const [part, ...rest] = parts;
      parts = rest;
      if (part === '..') {
        if (walked.length === 0) throw new Failure(errno.NOTCAPABLE);
        walked.pop();
        continue;
      }
      const isLast = parts.length === 0;
      const full = path.join(root, ...walked, part);
      const stat = fs.lstatSync(full, { throwIfNoEntry: false });
      if (stat?.isSymbolicLink() && (!isLast || follow || inside.endsWith('/'))) {
        if (++links > MOST_LINKS) throw new Failure(errno.LOOP);
        const target = fs.readlinkSync(full);
        if (target.startsWith('/')) throw new Failure(errno.NOTCAPABLE);
        parts = [...split(target), ...parts];
        continue;
      }
      if (!isLast && stat === undefined) throw new Failure(errno.NOENT);
      if (!isLast && !stat.isDirectory()) throw new Failure(errno.NOTDIR);
      walked.push(part);
    }
    return path.join(root, ...walked);
  }
}

module.exports = { Descriptor, Files, kindOf };

'use strict';

// The functions that a WebAssembly program calls, preview 1 of WASI. Each gets numbers (64-bit ones as BigInt) and
// returns the number of an error, or nothing for success; what it answers otherwise is written into the memory.

const fs = require('fs');
const { Buffer } = require('buffer');
const { Descriptor, kindOf } = require('internal/wasi/files');
const { Failure, errno, fdflags, filetype, fstflags, oflags, rights, rightsOf } = require('internal/wasi/numbers');

const { constants } = fs;
const FOLLOW = 1;
const DIRENT_SIZE = 24;
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;
const NANOS_PER_MILLI = 1_000_000n;
const ABSOLUTE = 1;

const lengthOf = (texts) => texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);

/** `program` has `memory`, `files`, `args`, `env` (`NAME=value`) and `exit(code)`. */
function makeCalls(program) {
  const { files } = program;
  const view = () => new DataView(program.memory.buffer);
  const bytes = (at, length) => Buffer.from(program.memory.buffer, at >>> 0, length >>> 0);
  const text = (at, length) => {
    const found = bytes(at, length);
    if (!require('buffer').isUtf8(new Uint8Array(found))) throw new Failure(errno.ILSEQ);
    return Buffer.from(found).toString();
  };
  const put32 = (at, value) => view().setUint32(at >>> 0, Number(value), true);
  const put64 = (at, value) => view().setBigUint64(at >>> 0, BigInt.asUintN(64, BigInt(value)), true);

  /** The pieces of memory that a list of them names. */
  const pieces = (at, count) => {
    const memory = view();
    return Array.from({ length: count >>> 0 }, (_, index) => {
      const place = (at >>> 0) + index * 8;
      return bytes(memory.getUint32(place, true), memory.getUint32(place + 4, true));
    });
  };

  /** Fills pieces from a file; memory that threads share is filled by way of a copy. */
  const read = (fd, into, position) => {
    let total = 0;
    for (const piece of into) {
      if (piece.length === 0) continue;
      const copy = piece.buffer instanceof SharedArrayBuffer ? Buffer.alloc(piece.length) : piece;
      const length = fs.readSync(fd, copy, 0, copy.length, position === null ? null : position + BigInt(total));
      if (copy !== piece) copy.copy(piece, 0, 0, length);
      total += length;
      if (length < piece.length) break;
    }
    return total;
  };

  const write = (fd, from, position) => {
    const whole = Buffer.concat(from.map((piece) => Buffer.from(piece)));
    let total = 0;
    while (total < whole.length) {
      total += fs.writeSync(fd, whole, total, whole.length - total, position === null ? null : Number(position) + total);
    }
    return total;
  };

  const putList = (texts, pointers, buffer) => {
    let at = buffer >>> 0;
    texts.forEach((one, index) => {
      put32((pointers >>> 0) + index * 4, at);
      const piece = Buffer.from(`${one}\0`);
      bytes(at, piece.length).set(piece);
      at += piece.length;
    });
  };

  const putStat = (at, stat) => {
    put64(at, stat.dev);
    put64(at + 8, stat.ino);
    view().setUint8(at + 16, kindOf(stat));
    put64(at + 24, stat.nlink);
    put64(at + 32, stat.size);
    put64(at + 40, stat.atimeNs);
    put64(at + 48, stat.mtimeNs);
    put64(at + 56, stat.ctimeNs);
  };

  /** Seconds for `utimes`, from what flags say of two times. */
  const times = (stat, atim, mtim, flags) => {
    const both = (one, other) => (flags & one) !== 0 && (flags & other) !== 0;
    if (both(fstflags.ATIM, fstflags.ATIM_NOW) || both(fstflags.MTIM, fstflags.MTIM_NOW)) throw new Failure(errno.INVAL);
    const chosen = (set, now, value, before) => {
      if (flags & now) return Date.now() / 1000;
      return Number(flags & set ? BigInt.asUintN(64, value) : before) / 1e9;
    };
    return [chosen(fstflags.ATIM, fstflags.ATIM_NOW, atim, stat.atimeNs), chosen(fstflags.MTIM, fstflags.MTIM_NOW, mtim, stat.mtimeNs)];
  };

  const clock = (id) => {
    switch (id) {
      case 0: return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
      case 1: return process.hrtime.bigint();
      case 2:
      case 3: {
        const { user, system } = id === 2 ? process.cpuUsage() : process.threadCpuUsage();
        return BigInt(user + system) * 1000n;
      }
      default: throw new Failure(errno.INVAL);
    }
  };

  const named = (number, at, length, needed, follow) => {
    const folder = files.get(number, needed);
    return files.resolve(folder, text(at, length), follow);
  };

  const openFlags = (wanted, how, flags) => {
    const reads = (wanted & (rights.FD_READ | rights.FD_READDIR)) !== 0n;
    const writes = (wanted & (rights.FD_DATASYNC | rights.FD_WRITE | rights.FD_ALLOCATE | rights.FD_FILESTAT_SET_SIZE)) !== 0n;
    let result = writes ? (reads ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
    if (how & oflags.CREAT) result |= constants.O_CREAT;
    if (how & oflags.EXCL) result |= constants.O_EXCL;
    if (how & oflags.TRUNC) result |= constants.O_TRUNC;
    if (how & oflags.DIRECTORY) result |= constants.O_DIRECTORY;
    if (flags & fdflags.APPEND) result |= constants.O_APPEND;
    if (flags & fdflags.NONBLOCK) result |= constants.O_NONBLOCK;
    if (flags & fdflags.DSYNC) result |= constants.O_DSYNC;
    if (flags & (fdflags.SYNC | fdflags.RSYNC)) result |= constants.O_SYNC;
    return result;
  };

  return {
    args_get(pointers, buffer) {
      putList(program.args, pointers, buffer);
    },
    args_sizes_get(count, size) {
      put32(count, program.args.length);
      put32(size, lengthOf(program.args));
    },
    clock_res_get(id, result) {
      clock(id);
      put64(result, 1n);
    },
    clock_time_get(id, _precision, result) {
      put64(result, clock(id));
    },
    environ_get(pointers, buffer) {
      putList(program.env, pointers, buffer);
    },
    environ_sizes_get(count, size) {
      put32(count, program.env.length);
      put32(size, lengthOf(program.env));
    },
    fd_advise(fd, _offset, _length, advice) {
      files.get(fd, rights.FD_ADVISE);
      if (advice < 0 || advice > 5) throw new Failure(errno.INVAL);
    },
    fd_allocate(fd, offset, length) {
      const file = files.get(fd, rights.FD_ALLOCATE);
      const end = Number(BigInt.asUintN(64, offset) + BigInt.asUintN(64, length));
      if (fs.fstatSync(file.fd).size < end) fs.ftruncateSync(file.fd, end);
    },
    fd_close(fd) {
      files.close(fd);
    },
    fd_datasync(fd) {
      fs.fdatasyncSync(files.get(fd, rights.FD_DATASYNC).fd);
    },
    fd_fdstat_get(fd, result) {
      const { base, flags, inheriting, kind } = files.get(fd);
      const at = result >>> 0;
      view().setUint8(at, kind);
      view().setUint16(at + 2, flags, true);
      put64(at + 8, base);
      put64(at + 16, inheriting);
    },
    fd_fdstat_set_flags(fd, flags) {
      files.get(fd, rights.FD_FDSTAT_SET_FLAGS).flags = flags;
    },
    fd_fdstat_set_rights(fd, base, inheriting) {
      const file = files.get(fd);
      [base, inheriting] = [BigInt.asUintN(64, base), BigInt.asUintN(64, inheriting)];
      // Rights can be given up only.
      if ((base | file.base) !== file.base || (inheriting | file.inheriting) !== file.inheriting) {
        throw new Failure(errno.NOTCAPABLE);
      }
      file.base = base;
      file.inheriting = inheriting;
    },
    fd_filestat_get(fd, result) {
      putStat(result >>> 0, fs.fstatSync(files.get(fd, rights.FD_FILESTAT_GET).fd, { bigint: true }));
    },
    fd_filestat_set_size(fd, size) {
      fs.ftruncateSync(files.get(fd, rights.FD_FILESTAT_SET_SIZE).fd, Number(BigInt.asUintN(64, size)));
    },
    fd_filestat_set_times(fd, atim, mtim, flags) {
      const file = files.get(fd, rights.FD_FILESTAT_SET_TIMES);
      fs.futimesSync(file.fd, ...times(fs.fstatSync(file.fd, { bigint: true }), atim, mtim, flags));
    },
    fd_pread(fd, list, count, offset, result) {
      const file = files.get(fd, rights.FD_READ | rights.FD_SEEK);
      put32(result, read(file.fd, pieces(list, count), BigInt.asUintN(64, offset)));
    },
    fd_prestat_get(fd, result) {
      const { preopen } = files.get(fd);
      if (preopen === undefined) throw new Failure(errno.INVAL);
      view().setUint8(result >>> 0, 0);
      // Programs of C expect the zero behind the name to be counted by themselves.
      put32((result >>> 0) + 4, Buffer.byteLength(preopen));
    },
    fd_prestat_dir_name(fd, at, length) {
      const { preopen } = files.get(fd);
      if (preopen === undefined) throw new Failure(errno.BADF);
      const name = Buffer.from(preopen);
      if (name.length > length >>> 0) throw new Failure(errno.NOBUFS);
      bytes(at, name.length).set(name);
    },
    fd_pwrite(fd, list, count, offset, result) {
      const file = files.get(fd, rights.FD_WRITE | rights.FD_SEEK);
      put32(result, write(file.fd, pieces(list, count), BigInt.asUintN(64, offset)));
    },
    fd_read(fd, list, count, result) {
      const file = files.get(fd, rights.FD_READ);
      const length = read(file.fd, pieces(list, count), file.hasPlaces && !file.isStandard ? file.position : null);
      file.position += BigInt(length);
      put32(result, length);
    },
    fd_readdir(fd, at, size, cookie, result) {
      const file = files.get(fd, rights.FD_READDIR);
      const start = Number(BigInt.asUintN(64, cookie));
      if (file.names === undefined || start === 0) {
        file.names = fs.readdirSync(file.root).map((name) => [name, `${file.root}/${name}`]);
      }
      const room = size >>> 0;
      let used = 0;
      for (let index = start; index < file.names.length && used < room; index++) {
        const [name, full] = file.names[index];
        const stat = fs.lstatSync(full, { bigint: true, throwIfNoEntry: false });
        const encoded = Buffer.from(name);
        const entry = Buffer.alloc(DIRENT_SIZE + encoded.length);
        entry.writeBigUInt64LE(BigInt(index + 1), 0);
        entry.writeBigUInt64LE(stat?.ino ?? 0n, 8);
        entry.writeUInt32LE(encoded.length, 16);
        entry[20] = stat === undefined ? filetype.UNKNOWN : kindOf(stat);
        entry.set(encoded, DIRENT_SIZE);
        // What has no room is cut, by which the program knows that there is more.
        const part = entry.subarray(0, room - used);
        bytes((at >>> 0) + used, part.length).set(part);
        used += part.length;
      }
      put32(result, used);
    },
    fd_renumber(from, to) {
      files.renumber(from, to);
    },
    fd_seek(fd, offset, whence, result) {
      const file = files.get(fd, rights.FD_SEEK);
      if (!file.hasPlaces) throw new Failure(errno.SPIPE);
      const from = [0n, file.position, () => fs.fstatSync(file.fd, { bigint: true }).size][whence];
      if (from === undefined) throw new Failure(errno.INVAL);
      const position = (typeof from === 'function' ? from() : from) + BigInt.asIntN(64, offset);
      if (position < 0n) throw new Failure(errno.INVAL);
      file.position = position;
      put64(result, position);
    },
    fd_sync(fd) {
      fs.fsyncSync(files.get(fd, rights.FD_SYNC).fd);
    },
    fd_tell(fd, result) {
      const file = files.get(fd, rights.FD_TELL);
      if (!file.hasPlaces) throw new Failure(errno.SPIPE);
      put64(result, file.position);
    },
    fd_write(fd, list, count, result) {
      const file = files.get(fd, rights.FD_WRITE);
      const isAppended = (file.flags & fdflags.APPEND) !== 0;
      const length = write(file.fd, pieces(list, count), file.hasPlaces && !file.isStandard && !isAppended ? file.position : null);
      file.position = isAppended ? fs.fstatSync(file.fd, { bigint: true }).size : file.position + BigInt(length);
      put32(result, length);
    },
    path_create_directory(fd, at, length) {
      fs.mkdirSync(named(fd, at, length, rights.PATH_CREATE_DIRECTORY, true));
    },
    path_filestat_get(fd, flags, at, length, result) {
      const follow = (flags & FOLLOW) !== 0;
      const full = named(fd, at, length, rights.PATH_FILESTAT_GET, follow);
      putStat(result >>> 0, fs.lstatSync(full, { bigint: true }));
    },
    path_filestat_set_times(fd, flags, at, length, atim, mtim, fstFlags) {
      const full = named(fd, at, length, rights.PATH_FILESTAT_SET_TIMES, (flags & FOLLOW) !== 0);
      fs.lutimesSync(full, ...times(fs.lstatSync(full, { bigint: true }), atim, mtim, fstFlags));
    },
    path_link(fd, flags, at, length, toFd, toAt, toLength) {
      const source = named(fd, at, length, rights.PATH_LINK_SOURCE, (flags & FOLLOW) !== 0);
      fs.linkSync(source, named(toFd, toAt, toLength, rights.PATH_LINK_TARGET, false));
    },
    path_open(fd, _lookup, at, length, how, base, inheriting, flags, result) {
      const folder = files.get(fd, rights.PATH_OPEN);
      [base, inheriting] = [BigInt.asUintN(64, base), BigInt.asUintN(64, inheriting)];
      // A link at the end is followed whatever is asked for, inside of the directory.
      const full = files.resolve(folder, text(at, length), true);
      if (how & oflags.CREAT && !(folder.base & rights.PATH_CREATE_FILE)) throw new Failure(errno.NOTCAPABLE);
      const real = fs.openSync(full, openFlags(base & folder.inheriting, how, flags) | constants.O_NOFOLLOW, 0o666);
      const kind = kindOf(fs.fstatSync(real));
      const [most, mostInheriting] = rightsOf[kind];
      const opened = new Descriptor(real, kind, [base & most & folder.inheriting, inheriting & mostInheriting],
        { root: kind === filetype.DIRECTORY ? full : undefined });
      opened.flags = flags;
      put32(result, files.add(opened));
    },
    path_readlink(fd, at, length, buffer, size, result) {
      const target = Buffer.from(fs.readlinkSync(named(fd, at, length, rights.PATH_READLINK, false)));
      if (target.length >= size >>> 0) throw new Failure(errno.NOBUFS);
      bytes(buffer, target.length).set(target);
      put32(result, target.length);
    },
    path_remove_directory(fd, at, length) {
      fs.rmdirSync(named(fd, at, length, rights.PATH_REMOVE_DIRECTORY, false));
    },
    path_rename(fd, at, length, toFd, toAt, toLength) {
      const source = named(fd, at, length, rights.PATH_RENAME_SOURCE, false);
      fs.renameSync(source, named(toFd, toAt, toLength, rights.PATH_RENAME_TARGET, false));
    },
    path_symlink(at, length, fd, toAt, toLength) {
      const target = text(at, length);
      if (target.startsWith('/')) throw new Failure(errno.NOTCAPABLE);
      fs.symlinkSync(target, named(fd, toAt, toLength, rights.PATH_SYMLINK, false));
    },
    path_unlink_file(fd, at, length) {
      const full = named(fd, at, length, rights.PATH_UNLINK_FILE, false);
      if (fs.lstatSync(full).isDirectory()) throw new Failure(errno.ISDIR);
      fs.unlinkSync(full);
    },
    poll_oneoff(list, events, count, result) {
      if (count === 0) throw new Failure(errno.INVAL);
      const asked = Array.from({ length: count >>> 0 }, (_, index) => subscription((list >>> 0) + index * SUBSCRIPTION_SIZE));
      const ready = asked.filter(({ isClock }) => !isClock);
      let told = ready;
      if (ready.length === 0) {
        // Nothing but clocks: the thread sleeps until the first of them.
        const first = asked.reduce((least, { wait }) => (wait < least ? wait : least), asked[0].wait);
        if (first > 0n) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(first) / Number(NANOS_PER_MILLI));
        told = asked.filter(({ wait }) => wait <= first);
      }
      told.forEach((one, index) => {
        const at = (events >>> 0) + index * EVENT_SIZE;
        bytes(at, EVENT_SIZE).fill(0);
        put64(at, one.userdata);
        view().setUint16(at + 8, one.error, true);
        view().setUint8(at + 10, one.tag);
      });
      put32(result, told.length);
    },
    proc_exit(code) {
      program.exit(code);
    },
    proc_raise() {
      throw new Failure(errno.NOSYS);
    },
    random_get(at, length) {
      const random = require('crypto').randomBytes(length >>> 0);
      bytes(at, random.length).set(random);
    },
    sched_yield() {},
    sock_accept: noSocket,
    sock_recv: noSocket,
    sock_send: noSocket,
    sock_shutdown: noSocket,
  };

  /** Nothing that a program is given can be a socket that it may use as one. */
  function noSocket(fd) {
    files.get(fd, rights.SOCK_ACCEPT);
    throw new Failure(errno.NOTSOCK);
  }

  function subscription(at) {
    const memory = view();
    const userdata = memory.getBigUint64(at, true);
    const tag = memory.getUint8(at + 8);
    if (tag === 0) {
      const id = memory.getUint32(at + 16, true);
      const timeout = memory.getBigUint64(at + 24, true);
      const isAbsolute = (memory.getUint16(at + 40, true) & ABSOLUTE) !== 0;
      return { userdata, tag, isClock: true, error: 0, wait: isAbsolute ? timeout - clock(id) : timeout };
    }
    if (tag !== 1 && tag !== 2) throw new Failure(errno.INVAL);
    let error = 0;
    try {
      files.get(memory.getUint32(at + 16, true), rights.POLL_FD_READWRITE);
    } catch (failed) {
      error = failed.errno;
    }
    return { userdata, tag, isClock: false, error };
  }
}

/** How many numbers each function takes. */
const PARAMETERS = {
  sock_accept: 3, sock_recv: 6, sock_send: 5, sock_shutdown: 2, proc_raise: 1,
};

module.exports = { PARAMETERS, makeCalls };

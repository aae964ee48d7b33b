'use strict';

// Numbers of WASI's interface, preview 1
// (https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md).

/** Errors in the order of their numbers; what the system calls otherwise is left out of its code. */
const NAMES = [
  'SUCCESS', '2BIG', 'ACCES', 'ADDRINUSE', 'ADDRNOTAVAIL', 'AFNOSUPPORT', 'AGAIN', 'ALREADY', 'BADF', 'BADMSG', 'BUSY',
  'CANCELED', 'CHILD', 'CONNABORTED', 'CONNREFUSED', 'CONNRESET', 'DEADLK', 'DESTADDRREQ', 'DOM', 'DQUOT', 'EXIST', 'FAULT',
  'FBIG', 'HOSTUNREACH', 'IDRM', 'ILSEQ', 'INPROGRESS', 'INTR', 'INVAL', 'IO', 'ISCONN', 'ISDIR', 'LOOP', 'MFILE', 'MLINK',
  'MSGSIZE', 'MULTIHOP', 'NAMETOOLONG', 'NETDOWN', 'NETRESET', 'NETUNREACH', 'NFILE', 'NOBUFS', 'NODEV', 'NOENT', 'NOEXEC',
  'NOLCK', 'NOLINK', 'NOMEM', 'NOMSG', 'NOPROTOOPT', 'NOSPC', 'NOSYS', 'NOTCONN', 'NOTDIR', 'NOTEMPTY', 'NOTRECOVERABLE',
  'NOTSOCK', 'NOTSUP', 'NOTTY', 'NXIO', 'OVERFLOW', 'OWNERDEAD', 'PERM', 'PIPE', 'PROTO', 'PROTONOSUPPORT', 'PROTOTYPE',
  'RANGE', 'ROFS', 'SPIPE', 'SRCH', 'STALE', 'TIMEDOUT', 'TXTBSY', 'XDEV', 'NOTCAPABLE',
];
const errno = Object.fromEntries(NAMES.map((name, number) => [name, number]));

/** A failed call. */
class Failure extends Error {
  constructor(number) {
    super(NAMES[number]);
    this.errno = number;
  }
}

/** The number for what a call of `fs` threw; undefined for other errors. */
function numberOf(error) {
  if (error instanceof Failure) return error.errno;
  if (error instanceof RangeError) return errno.OVERFLOW;
  if (typeof error?.code !== 'string' || error.syscall === undefined) return undefined;
  return errno[error.code.slice(1)] ?? errno.IO;
}

const filetype = { UNKNOWN: 0, BLOCK: 1, CHARACTER: 2, DIRECTORY: 3, REGULAR: 4, DATAGRAM: 5, STREAM: 6, LINK: 7 };

/** What a descriptor may be used for: names in the order of their bits. */
const RIGHTS = [
  'FD_DATASYNC', 'FD_READ', 'FD_SEEK', 'FD_FDSTAT_SET_FLAGS', 'FD_SYNC', 'FD_TELL', 'FD_WRITE', 'FD_ADVISE', 'FD_ALLOCATE',
  'PATH_CREATE_DIRECTORY', 'PATH_CREATE_FILE', 'PATH_LINK_SOURCE', 'PATH_LINK_TARGET', 'PATH_OPEN', 'FD_READDIR',
  'PATH_READLINK', 'PATH_RENAME_SOURCE', 'PATH_RENAME_TARGET', 'PATH_FILESTAT_GET', 'PATH_FILESTAT_SET_SIZE',
  'PATH_FILESTAT_SET_TIMES', 'FD_FILESTAT_GET', 'FD_FILESTAT_SET_SIZE', 'FD_FILESTAT_SET_TIMES', 'PATH_SYMLINK',
  'PATH_REMOVE_DIRECTORY', 'PATH_UNLINK_FILE', 'POLL_FD_READWRITE', 'SOCK_SHUTDOWN', 'SOCK_ACCEPT',
];
const rights = Object.fromEntries(RIGHTS.map((name, bit) => [name, 1n << BigInt(bit)]));
const ALL = (1n << BigInt(RIGHTS.length)) - 1n;
/** Of the kinds of files: for themselves, and for what is opened in them. */
const rightsOf = {
  [filetype.REGULAR]: [0x8e001ffn, 0n],
  [filetype.DIRECTORY]: [0xfbffe98n, 0xfffffffn],
  [filetype.CHARACTER]: [0x8e001ffn, 0n],
  [filetype.STREAM]: [ALL, ALL],
  [filetype.UNKNOWN]: [ALL, ALL],
  [filetype.BLOCK]: [ALL, ALL],
};
/** A terminal's: it cannot be sought in. */
const TERMINAL_RIGHTS = 0x820004an | rights.FD_FILESTAT_GET;

const oflags = { CREAT: 1, DIRECTORY: 2, EXCL: 4, TRUNC: 8 };
const fdflags = { APPEND: 1, DSYNC: 2, NONBLOCK: 4, RSYNC: 8, SYNC: 16 };
const fstflags = { ATIM: 1, ATIM_NOW: 2, MTIM: 4, MTIM_NOW: 8 };

module.exports = { Failure, TERMINAL_RIGHTS, errno, fdflags, filetype, fstflags, numberOf, oflags, rights, rightsOf };

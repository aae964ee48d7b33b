'use strict';

// https://nodejs.org/api/os.html

const { codes, uvErrmapGet } = require('internal/errors');
const { validateInt32 } = require('internal/validators');
const constants = require('internal/os/constants');

/** Calls an op; what the system refuses becomes the error that `os` documents. */
function checked(op, ...args) {
  try {
    return op(...args);
  } catch (failed) {
    const { errno, code, syscall } = failed;
    if (errno === undefined) throw failed;
    throw new codes.ERR_SYSTEM_ERROR({ errno, code, message: uvErrmapGet(errno)?.[1] ?? code, syscall });
  }
}

/** A function that in a text stands for its result: `${os.hostname}`. */
function printable(fn) {
  fn[Symbol.toPrimitive] = () => fn();
  return fn;
}

/** The same for a question that the system can refuse. */
function refusable(ask) {
  const wrapped = function wrappedFn() {
    return checked(ask);
  };
  const withoutStackTrace = function checkError() {
    return checked(ask);
  };
  wrapped.withoutStackTrace = withoutStackTrace;
  return printable(wrapped);
}

let names;
/** System, host, release, version and machine; only the host's name can change while the program runs. */
const systemNames = () => (names ??= ops.os_system_names());

function arch() {
  return process.arch;
}

function platform() {
  return process.platform;
}

function endianness() {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE';
}

function tmpdir() {
  const { env } = process;
  const folder = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

function getOSRelease() {
  return systemNames()[2];
}

function getOSType() {
  return systemNames()[0];
}

function getOSVersion() {
  return systemNames()[3];
}

function getMachine() {
  return systemNames()[4];
}

/** `os.cpus`. */
function cpus() {
  return ops.os_cpus().map(([model, speed, user, nice, sys, idle, irq]) =>
    ({ model, speed, times: { user, nice, sys, idle, irq } }));
}

/** `os.loadavg`. */
function loadavg() {
  return Array.from(ops.os_load_average());
}

/** `os.networkInterfaces`. */
function networkInterfaces() {
  const found = {};
  for (const [name, address, netmask, version, mac, internal, scopeid, prefix] of ops.os_interfaces()) {
    const entry = {
      address,
      netmask,
      family: `IPv${version}`,
      mac,
      internal,
      cidr: prefix === null ? null : `${address}/${prefix}`,
    };
    if (version === 6) entry.scopeid = scopeid;
    (found[name] ??= []).push(entry);
  }
  return found;
}

/** `os.userInfo`. */
function userInfo(options) {
  const encoding = options !== null && typeof options === 'object' ? options.encoding : undefined;
  const [uid, gid, ...texts] = checked(ops.os_user);
  const { Buffer } = require('buffer');
  const [username, homedir, shell] = texts.map((bytes) => {
    const buffer = Buffer.from(bytes.buffer);
    if (encoding === 'buffer') return buffer;
    return buffer.toString(Buffer.isEncoding(encoding) ? encoding : 'utf8');
  });
  return { __proto__: null, uid, gid, username, homedir, shell };
}

/** `os.getPriority`. */
function getPriority(pid) {
  if (pid !== undefined) validateInt32(pid, 'pid');
  return checked(ops.os_get_priority, pid ?? 0);
}

/** `os.setPriority`. */
function setPriority(pid, priority) {
  const hasPid = priority !== undefined;
  const process = hasPid ? pid : 0;
  const value = hasPid ? priority : pid;
  validateInt32(process, 'pid');
  const { PRIORITY_HIGHEST, PRIORITY_LOW } = constants.priority;
  validateInt32(value, 'priority', PRIORITY_HIGHEST, PRIORITY_LOW);
  checked(ops.os_set_priority, process, value);
}

function homeFolder() {
  const { HOME } = process.env;
  return HOME === undefined ? require('buffer').Buffer.from(ops.os_user()[3]).toString() : HOME;
}

Object.assign(exports, {
  arch: printable(arch),
  // Nameless in Node.
  availableParallelism: printable((() => () => ops.os_parallelism())()),
  cpus,
  endianness: printable(endianness),
  freemem: printable((() => () => ops.os_memory()[1])()),
  getPriority,
  homedir: refusable(homeFolder),
  hostname: refusable(() => ops.os_system_names()[1]),
  loadavg,
  networkInterfaces,
  platform: printable(platform),
  release: printable(getOSRelease),
  setPriority,
  tmpdir: printable(tmpdir),
  totalmem: printable((() => () => ops.os_memory()[0])()),
  type: printable(getOSType),
  userInfo,
  uptime: refusable(() => ops.os_uptime()),
  version: printable(getOSVersion),
  machine: printable(getMachine),
});

Object.defineProperties(exports, {
  constants: { value: constants, enumerable: true },
  EOL: { value: '\n', configurable: true, enumerable: true },
  devNull: { value: '/dev/null', configurable: true, enumerable: true },
});

'use strict';

// The object `process` (https://nodejs.org/api/process.html): what scripts always find on it. Rarely used parts are
// loaded when they are first touched.

const { exitCodeDescriptor, processExit, reallyExit } = require('internal/process_exit');

/** Functions that live in files of their own: name → [module, export, number of parameters]. */
const lazyFunctions = {
  emitWarning: ['internal/process_warning', 'emitWarning', 4],
  hrtime: ['internal/process_info', 'hrtime', 1],
  memoryUsage: ['internal/process_info', 'memoryUsage'],
  cpuUsage: ['internal/process_info', 'cpuUsage', 1],
  threadCpuUsage: ['internal/process_info', 'cpuUsage', 1],
  resourceUsage: ['internal/process_info', 'resourceUsage'],
  uptime: ['internal/process_info', 'uptime'],
  availableMemory: ['internal/process_info', 'availableMemory'],
  constrainedMemory: ['internal/process_info', 'constrainedMemory'],
  getActiveResourcesInfo: ['internal/process_info', 'getActiveResourcesInfo'],
  chdir: ['internal/process_system', 'chdir', 1],
  cwd: ['internal/process_system', 'cwd'],
  umask: ['internal/process_system', 'umask', 1],
  kill: ['internal/process_system', 'kill', 2],
  abort: ['internal/process_system', 'abort'],
  getuid: ['internal/process_system', 'getuid'],
  geteuid: ['internal/process_system', 'geteuid'],
  getgid: ['internal/process_system', 'getgid'],
  getegid: ['internal/process_system', 'getegid'],
  getgroups: ['internal/process_system', 'getgroups'],
  setuid: ['internal/process_identity', 'setuid', 1],
  seteuid: ['internal/process_identity', 'seteuid', 1],
  setgid: ['internal/process_identity', 'setgid', 1],
  setegid: ['internal/process_identity', 'setegid', 1],
  setgroups: ['internal/process_identity', 'setgroups', 1],
  initgroups: ['internal/process_identity', 'initgroups', 2],
  _getActiveHandles: ['internal/process_system', 'getActiveHandles'],
  _getActiveRequests: ['internal/process_system', 'getActiveRequests'],
  binding: ['internal/process_binding', 'binding', 1],
  execve: ['internal/process_replace', 'execve', 1],
  loadEnvFile: ['internal/process_replace', 'loadEnvFile'],
  setSourceMapsEnabled: ['internal/process_system', 'setSourceMapsEnabled', 1],
  ref: ['internal/process_system', 'ref', 1],
  unref: ['internal/process_system', 'unref', 1],
  getBuiltinModule: ['internal/modules/builtin', 'getBuiltinModule', 1],
  setUncaughtExceptionCaptureCallback: ['internal/uncaught', 'setUncaughtExceptionCaptureCallback', 1],
  addUncaughtExceptionCaptureCallback: ['internal/uncaught', 'addUncaughtExceptionCaptureCallback', 1],
  hasUncaughtExceptionCaptureCallback: ['internal/uncaught', 'hasUncaughtExceptionCaptureCallback'],
};

/** Options that switch properties on. */
const warningOptions = {
  '--no-deprecation': 'noDeprecation',
  '--throw-deprecation': 'throwDeprecation',
  '--trace-deprecation': 'traceDeprecation',
  '--trace-warnings': 'traceProcessWarnings',
  '--no-warnings': 'noProcessWarnings',
};

/** Values that are made when they are first read: name → function that makes it. */
const lazyValues = {
  env: () => require('internal/process_env').create(),
  allowedNodeEnvironmentFlags: () => require('internal/process_flags').create(),
  finalization: () => require('internal/process_finalization'),
};

/** What only reading leads to: name → [name of its getter, function that makes the value]. */
const lazyReadOnly = {
  report: ['get', () => require('internal/report').report],
  stdin: ['getStdin', () => require('internal/stdin').create()],
  stdout: ['getStdout', () => require('internal/stdio').create(1)],
  stderr: ['getStderr', () => require('internal/stdio').create(2)],
};

function define(name, value) {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
}

/** An object whose properties cannot be changed, as those of `process.versions`. */
function fixed(values) {
  const properties = Object.entries(values);
  return Object.defineProperties({}, Object.fromEntries(
    properties.map(([key, value]) => [key, { value, configurable: true, enumerable: true }])));
}

function defineLazy(name, make) {
  ops.util_lazy_property(process, name, make, true);
}

function defineReadOnly(name, [getter, make]) {
  let value;
  const { [getter]: get } = { [getter]: () => (value ??= make()) };
  Object.defineProperty(process, name, { get, configurable: true, enumerable: true });
}

function lazyFunction(name, id, exported, length = 0) {
  const stand = { [name]: (...args) => require(id)[exported](...args) }[name];
  if (length > 0) Object.defineProperty(stand, 'length', { value: length, configurable: true });
  return stand;
}

/** A property that scripts cannot assign to. */
function defineFixed(name, value) {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: false });
}

/** Fills the bare object that the engine made. */
function setUp() {
  const { execPath, argv0, pid, ppid, title, argv, execArgv, arch, platform, version, nodeVersion, v8Version, sqliteVersion } =
    ops.process_facts();
  const EventEmitter = require('events');
  // `process` inherits from an object of class `process`, and that from EventEmitter.
  const Process = function process() {};
  const prototype = Object.create(EventEmitter.prototype, {
    constructor: { value: Process, writable: true, configurable: true },
  });
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', writable: true });
  Process.prototype = prototype;
  Object.setPrototypeOf(process, prototype);
  EventEmitter.call(process);

  defineFixed('version', nodeVersion);
  // Those of `uv` and `openssl` are the releases whose behaviour is followed.
  defineFixed('versions', fixed({
    node: nodeVersion.slice(1), loopscope: version, v8: v8Version, uv: '1.52.1', openssl: '3.5.8',
    modules: '147', sqlite: sqliteVersion,
  }));
  defineFixed('arch', arch);
  defineFixed('platform', platform);
  const download = `https://nodejs.org/download/release/${nodeVersion}/node-${nodeVersion}`;
  defineFixed('release', { name: 'node', sourceUrl: `${download}.tar.gz`, headersUrl: `${download}-headers.tar.gz` });
  define('argv', [execPath, ...argv]);
  define('execArgv', execArgv);
  define('execPath', execPath);
  define('argv0', argv0);
  defineFixed('pid', pid);
  define('ppid', ppid);
  let shownTitle = title;
  ops.process_lend_title(process, () => shownTitle, (value) => {
    shownTitle = `${value}`;
    if (ops.worker_info() === undefined) ops.process_set_title(shownTitle);
  });
  define('debugPort', ops.inspect_port());
  define('_exiting', false);
  defineFixed('config', Object.freeze({ target_defaults: Object.freeze({}), variables: Object.freeze({ v8_enable_i18n_support: 1 }) }));
  Object.defineProperty(process, 'features', {
    value: Object.freeze({ inspector: true, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true,
      tls_ocsp: true, tls: true, openssl_is_boringssl: false, cached_builtins: true, require_module: true, dtls: false,
      quic: false, typescript: 'strip' }),
    enumerable: true,
  });
  define('domain', null);
  define('openStdin', function openStdin() {
    process.stdin.resume();
    return process.stdin;
  });
  Object.defineProperty(process, 'sourceMapsEnabled', {
    get: () => require('internal/process_system').areSourceMapsEnabled(), configurable: true, enumerable: true,
  });
  define('nextTick', require('internal/ticks').nextTick);
  define('exit', processExit);
  define('reallyExit', reallyExit);
  define('_fatalException', (error, fromPromise) =>
    require('internal/uncaught').uncaught(error, Boolean(fromPromise), ''));
  define('_rawDebug', (...args) => {
    ops.stdio_write(2, `${require('internal/util/format').format(...args)}\n`);
  });
  if (ops.worker_info() === undefined) {
    define('_debugEnd', function _debugEnd() {
      ops.inspect_close();
    });
    define('_debugProcess', function _debugProcess(pid) {
      ops.process_kill(pid, require('internal/os/constants').signals.SIGUSR1);
    });
  }
  Object.defineProperty(process, 'exitCode', exitCodeDescriptor);
  const options = ops.option_list();
  for (const option of options) {
    const name = warningOptions[option];
    if (name !== undefined) defineFixed(name, true);
  }
  // A script that removes all listeners of 'warning' is not told of warnings any more.
  if (!options.includes('--no-warnings')) {
    process.on('warning', function onWarning(warning) {
      require('internal/process_warning').print(warning);
    });
  }

  for (const [name, [id, exported, length]] of Object.entries(lazyFunctions)) {
    if (exported === 'hrtime' || exported === 'memoryUsage') defineLazy(name, () => require(id)[exported]);
    else define(name, lazyFunction(name, id, exported, length));
  }
  for (const [name, make] of Object.entries(lazyValues)) defineLazy(name, make);
  for (const [name, how] of Object.entries(lazyReadOnly)) defineReadOnly(name, how);
  require('internal/process_signals').setUp();
}

module.exports = { setUp };

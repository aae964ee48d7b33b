'use strict';

// A worker's own side: the engine runs this instead of a main script. What to run came before the thread began.

const { makePort, receiveMessageOnPort } = require('internal/messaging/port');
const { FAILED, MEASURE, ONLINE, STDIO, STDIO_WANTED } = require('internal/worker/messages');
const { portNumber } = require('internal/worker/thread');

let port;
let parentPort = null;
let workerData = null;
let streams;

/** Functions of `process` that change the process as a whole. */
const DISABLED = ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid'];

function unsupported(what) {
  const { codes } = require('internal/errors');
  return new codes.ERR_WORKER_UNSUPPORTED_OPERATION(what);
}

function define(name, value) {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
}

function limitProcess() {
  for (const name of DISABLED) {
    const disabled = { [name]() {
      throw unsupported(`process.${name}()`);
    } }[name];
    disabled.disabled = true;
    define(name, disabled);
  }
  const { umask } = process;
  define('umask', function(mask) {
    if (mask !== undefined) throw unsupported('Setting process.umask()');
    return umask();
  });
}

function makeStdio(hasStdin) {
  const { ReadableWorkerStdio, WritableWorkerStdio } = require('internal/worker/stdio');
  streams = {};
  const lazy = (name, make) => {
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get() {
        streams[name] ??= make();
        return streams[name];
      },
    });
  };
  lazy('stdout', () => new WritableWorkerStdio(port, 'stdout'));
  lazy('stderr', () => new WritableWorkerStdio(port, 'stderr'));
  lazy('stdin', () => {
    const stdin = new ReadableWorkerStdio(port, 'stdin', true);
    if (!hasStdin) stdin.push(null);
    return stdin;
  });
}

const measures = {
  heap: () => require('v8').getHeapStatistics(),
  processor: (previous) => process.threadCpuUsage(previous),
  snapshot: () => ops.heap_snapshot(),
  startCpuProfile: (options) => require('internal/worker/profiles').start('startCpuProfile', options),
  startHeapProfile: (options) => require('internal/worker/profiles').start('startHeapProfile', options),
  stopProfile: (id) => require('internal/worker/profiles').stop(id),
};

function receive(message) {
  if (message.type === MEASURE) port.postMessage({ type: MEASURE, id: message.id, value: measures[message.what](message.previous) });
  else if (message.type === STDIO) process.stdin.take(message.chunks);
  else if (message.type === STDIO_WANTED) streams[message.stream]?.taken();
}

/** What was written and not taken yet is sent now: the worker ends. */
function flush() {
  streams?.stdout?.taken();
  streams?.stderr?.taken();
}

/** Tells the thread that started this one what ends it. */
function fail(error, place) {
  const { serialize } = require('internal/worker/error_copy');
  let sent;
  try {
    if (place !== '' && ops.util_is_error(error) && typeof error.stack === 'string' && !error.stack.startsWith(place)) {
      Object.defineProperty(error, 'stack', {
        value: `${place}\n${error.stack}`, configurable: true, writable: true, enumerable: false,
      });
    }
  } catch {
    // The stack stays as it is.
  }
  try {
    sent = serialize(error);
  } catch {
    const { codes } = require('internal/errors');
    sent = serialize(new codes.ERR_WORKER_UNSERIALIZABLE_ERROR());
  }
  flush();
  port.postMessage({ type: FAILED, error: sent });
}

/** The engine calls this once. */
function run() {
  port = makePort(portNumber);
  const load = receiveMessageOnPort(port).message;
  port.on('message', receive);
  port.unref();
  ({ workerData } = load);
  parentPort = load.publicPort;
  require('internal/worker/environment').inherit(load.environmentData);
  require('internal/process_system').assumeFolder(load.cwd);
  limitProcess();
  makeStdio(load.hasStdin);
  if (load.env === undefined) require('internal/process_env').share();
  else define('env', require('internal/process_env').own(load.env));
  require('internal/process_events').onOwn('exit', flush);
  require('internal/worker/thread_messages').listen();
  const { script } = load;
  process.argv.length = 1;
  process.argv.push(script.shown, ...load.argv);
  const start = () => {
    port.postMessage({ type: ONLINE });
    // As in Node.js, text does not stand still where it begins.
    if (script.kind !== 'eval') ops.inspect_before_script();
    runScript(script);
  };
  if (script.kind === 'internal') {
    require(script.text).run(workerData);
    return;
  }
  const options = ops.option_main();
  if (require('internal/options').settings.length > 0) require('internal/startup_options').follow();
  require('internal/main').preload(options);
  if (options.imports.length > 0) require('internal/modules/esm').preload(options.imports, start);
  else start();
}

function runScript({ kind, text, shown }) {
  if (kind === 'file') {
    require('internal/modules/run_main').runMain(text, false);
  } else if (kind === 'url') {
    require('internal/modules/esm').runUrl(text);
  } else {
    const { inputType } = ops.option_main();
    require('internal/modules/eval').run({ evaluate: text, name: shown, print: false, inputType });
  }
}

module.exports = {
  fail,
  flush,
  run,
  get parentPort() {
    return parentPort;
  },
  get workerData() {
    return workerData;
  },
};

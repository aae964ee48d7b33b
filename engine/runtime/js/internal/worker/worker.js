'use strict';

// The class Worker (https://nodejs.org/api/worker_threads.html#class-worker): the side of the thread that starts one.

const EventEmitter = require('events');
const path = require('path');
const { running } = require('internal/async_ids');
const { codes } = require('internal/errors');
const { validateArray, validateNumber, validateObject, validateString } = require('internal/validators');
const { MessageChannel, drain, makePort, receiveMessageOnPort } = require('internal/messaging/port');
const { FAILED, LOAD, MEASURE, ONLINE, STDIO, STDIO_WANTED } = require('internal/worker/messages');
const { toLimits } = require('internal/worker/thread');

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const DEFAULT_NAME = 'WorkerThread';
/** Option that runs a built-in module instead of a script. */
const INTERNAL = Symbol('internal');
/** Method that passes on what the worker has printed so far. */
const PASS_ON = Symbol('pass on');

/** What is to be run: `{ kind, source or file, shown }`. */
function scriptOf(filename, options) {
  if (options[INTERNAL]) return { kind: 'internal', text: filename, shown: filename };
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
    }
    return { kind: 'eval', text: filename, shown: '[worker eval]' };
  }
  if (isUrl(filename)) {
    if (filename.protocol === 'data:') return { kind: 'url', text: filename.href, shown: filename.href };
    const file = require('url').fileURLToPath(filename);
    return { kind: 'file', text: file, shown: file };
  }
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  if (!path.isAbsolute(filename) && !/^\.\.?[\\/]/.test(filename)) throw new codes.ERR_WORKER_PATH(filename);
  const file = path.resolve(filename);
  return { kind: 'file', text: file, shown: file };
}

function isUrl(value) {
  return typeof value === 'object' && value !== null && Boolean(value.href) && Boolean(value.protocol) &&
    value.auth === undefined && value.path === undefined;
}

/** The worker's environment: what it gets a copy of, or undefined when it shares this one. */
function environmentOf(env) {
  if (env === SHARE_ENV) {
    require('internal/process_env').share();
    return undefined;
  }
  if (typeof env === 'object' && env !== null) return { ...env };
  if (env !== undefined && env !== null) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  }
  return { ...process.env };
}

function checkExecArgv(options) {
  if (options.execArgv === undefined || options.execArgv === null) return null;
  const list = options.execArgv.map((argument) => `${argument}`);
  const bad = ops.worker_options_check(list);
  if (bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(bad);
  return list;
}

function checkNodeOptions(env) {
  if (env === undefined || env.NODE_OPTIONS === undefined || env.NODE_OPTIONS === process.env.NODE_OPTIONS) return;
  const bad = ops.worker_options_check(`${env.NODE_OPTIONS}`.split(/\s+/).filter(Boolean));
  if (bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(bad, 'invalid NODE_OPTIONS env variable');
}

function limitsOf(given) {
  const number = (name) => (typeof given?.[name] === 'number' ? Math.max(given[name], 1) : NaN);
  return [number('maxYoungGenerationSizeMb'), number('maxOldGenerationSizeMb'), number('codeRangeSizeMb'),
    typeof given?.stackSizeMb === 'number' ? given.stackSizeMb : NaN];
}

class Worker extends EventEmitter {
  #operation;
  #threadId = -1;
  #threadName = null;
  #limits = {};
  #port;
  #publicPort;
  #stdin = null;
  #stdout;
  #stderr;
  #isOnline = false;
  #isRefed = true;
  /** What stands for the worker in `async_hooks`. */
  #handle = { hasRef: () => (this.#hasEnded ? undefined : this.#isRefed) };
  #hasEnded = false;
  /** What the worker was asked and has not answered. */
  #questions = new Map();
  #lastQuestion = 0;

  constructor(filename, options = {}) {
    super();
    if (options.execArgv !== undefined && options.execArgv !== null) validateArray(options.execArgv, 'options.execArgv');
    let argv = [];
    if (options.argv !== undefined && options.argv !== null) {
      validateArray(options.argv, 'options.argv');
      argv = options.argv.map((argument) => `${argument}`);
    }
    const script = scriptOf(filename, options);
    const env = environmentOf(options.env);
    const execArgv = checkExecArgv(options);
    checkNodeOptions(env);
    let name = DEFAULT_NAME;
    if (options.name !== undefined && options.name !== null) {
      validateString(options.name, 'options.name');
      name = options.name;
    }
    this.#start({ script, argv, execArgv, env, name }, options);
    this.performance = {
      eventLoopUtilization: (later, earlier) => this.#utilization(later, earlier),
    };
    const { observed, publish } = require('internal/diagnostics/observed');
    if (observed.module !== null) publish('worker_threads', { worker: this });
    if (!options[INTERNAL]) process.nextTick(() => process.emit('worker', this));
  }

  #start({ script, argv, execArgv, env, name }, options) {
    running.hooks?.announce(this.#handle);
    const operation = ops.worker_open(script.shown, (error, outcome) => this.#exited(...outcome));
    this.#operation = operation;
    const { port1, port2 } = new MessageChannel();
    const [own, other] = ops.port_pair();
    const port = makePort(own);
    port.on('message', (message) => this.#receive(message));
    port.unref();
    port1.on('message', (message) => this.emit('message', message));
    port1.on('messageerror', (error) => this.emit('messageerror', error));
    port1.unref();
    this.#port = port;
    this.#publicPort = port1;
    this.#makeStdio(port, options);
    const transferList = options.transferList ? [...options.transferList] : [];
    try {
      port.postMessage({
        type: LOAD,
        script,
        argv,
        name,
        env,
        hasStdin: Boolean(options.stdin),
        workerData: options.workerData,
        environmentData: require('internal/worker/environment').all(),
        publicPort: port2,
        cwd: process.cwd(),
      }, [port2, ...transferList]);
    } catch (error) {
      // What cannot be sent leaves no worker.
      this.#operation = undefined;
      ops.port_silence(operation);
      throw error;
    }
    const [threadId, limits] =
      ops.worker_start(operation, other, name, script.shown, execArgv, limitsOf(options.resourceLimits));
    this.#threadId = threadId;
    this.#threadName = name;
    this.#limits = toLimits(limits);
  }

  #makeStdio(port, options) {
    const { ReadableWorkerStdio, WritableWorkerStdio } = require('internal/worker/stdio');
    if (options.stdin) this.#stdin = new WritableWorkerStdio(port, 'stdin');
    this.#stdout = new ReadableWorkerStdio(port, 'stdout', false);
    this.#stderr = new ReadableWorkerStdio(port, 'stderr', false);
    if (!options.stdout) pipe(this.#stdout, process.stdout);
    if (!options.stderr) pipe(this.#stderr, process.stderr);
  }

  #receive(message) {
    switch (message.type) {
      case ONLINE:
        this.#isOnline = true;
        this.emit('online');
        break;
      case FAILED:
        this.emit('error', require('internal/worker/error_copy').deserialize(message.error));
        break;
      case STDIO:
        (message.stream === 'stdout' ? this.#stdout : this.#stderr).take(message.chunks);
        break;
      case STDIO_WANTED:
        this.#stdin?.taken();
        break;
      case MEASURE:
        this.#questions.get(message.id)?.resolve(message.value);
        this.#questions.delete(message.id);
        break;
      default:
    }
  }

  [PASS_ON]() {
    for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
      this.#receive(got.message);
    }
  }

  #exited(code, isFull) {
    ops.worker_ended(this.#operation);
    this.#operation = undefined;
    drain(this.#publicPort);
    drain(this.#port);
    this.#port.close();
    this.#publicPort.close();
    if (!this.#stdout.readableEnded) this.#stdout.push(null);
    if (!this.#stderr.readableEnded) this.#stderr.push(null);
    this.#stdin?.destroy();
    this.#threadId = -1;
    this.#threadName = null;
    this.#limits = {};
    for (const { reject } of this.#questions.values()) reject(new codes.ERR_WORKER_NOT_RUNNING());
    this.#questions.clear();
    try {
      if (isFull) this.emit('error', new codes.ERR_WORKER_OUT_OF_MEMORY('JS heap out of memory'));
    } finally {
      process.nextTick(() => { this.#hasEnded = true; });
      this.emit('exit', code);
    }
  }

  #utilization(later, earlier) {
    const utilization = (active, idle) =>
      ({ idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) });
    if (later !== undefined && earlier !== undefined) {
      return utilization(later.active - earlier.active, later.idle - earlier.idle);
    }
    const measured = this.#operation === undefined ? undefined : ops.worker_loop(this.#operation);
    if (measured === undefined || !this.#isOnline) return { idle: 0, active: 0, utilization: 0 };
    const [whole, idle] = measured;
    const active = whole - idle;
    return later === undefined ? utilization(active, idle) : utilization(active - later.active, idle - later.idle);
  }

  postMessage(...args) {
    if (this.#operation === undefined) return;
    this.#publicPort.postMessage(...args);
  }

  /** Ends the worker wherever it is. */
  terminate(callback = undefined) {
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
        'DeprecationWarning', 'DEP0132');
      if (this.#operation === undefined) return Promise.resolve();
      this.once('exit', (exitCode) => callback(null, exitCode));
    }
    if (this.#operation === undefined) return Promise.resolve();
    this.ref();
    ops.worker_stop(this.#operation);
    const { promise, resolve } = Promise.withResolvers();
    this.once('exit', resolve);
    return promise;
  }

  #ask(what, previous) {
    if (this.#operation === undefined) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    const answer = Promise.withResolvers();
    const id = ++this.#lastQuestion;
    this.#questions.set(id, answer);
    this.#port.postMessage({ type: MEASURE, id, what, previous });
    return answer.promise;
  }

  getHeapStatistics() {
    return this.#ask('heap');
  }

  getHeapSnapshot(options) {
    if (options === undefined) options = {};
    const { HeapSnapshotStream, checkOptions } = require('internal/v8/heap');
    checkOptions(options);
    return this.#ask('snapshot').then((bytes) => new HeapSnapshotStream(bytes));
  }

  startCpuProfile(options) {
    if (options === undefined) options = {};
    require('internal/v8/profiles').toInterval(options);
    const { CPUProfileHandle } = require('internal/worker/profiles');
    return this.#ask('startCpuProfile', options).then((id) => new CPUProfileHandle(() => this.#ask('stopProfile', id)));
  }

  startHeapProfile(options) {
    if (options === undefined) options = {};
    require('internal/v8/profiles').toSampling(options);
    const { HeapProfileHandle } = require('internal/worker/profiles');
    return this.#ask('startHeapProfile', options).then((id) => new HeapProfileHandle(() => this.#ask('stopProfile', id)));
  }

  cpuUsage(previous) {
    if (previous !== undefined && previous !== null) {
      validateObject(previous, 'prev');
      validateNumber(previous.user, 'prev.user');
      validateNumber(previous.system, 'prev.system');
    }
    return this.#ask('processor', previous);
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    this.#hold(true);
  }

  unref() {
    this.#hold(false);
  }

  #hold(refed) {
    if (this.#operation === undefined) return;
    this.#isRefed = refed;
    ops.op_refd(this.#operation, refed);
    if (refed) this.#publicPort.ref();
    else this.#publicPort.unref();
  }

  get threadId() {
    return this.#threadId;
  }

  get threadName() {
    return this.#threadName;
  }

  get stdin() {
    return this.#stdin;
  }

  get stdout() {
    return this.#stdout;
  }

  get stderr() {
    return this.#stderr;
  }

  get resourceLimits() {
    return this.#limits;
  }
}

/** Pipes without the warning that a stream has many listeners: every worker adds some. */
function pipe(source, target) {
  const limit = target.getMaxListeners();
  target.setMaxListeners(Infinity);
  source.pipe(target, { end: false });
  target.setMaxListeners(limit);
  source._maxListeners = undefined;
}

module.exports = { INTERNAL, PASS_ON, SHARE_ENV, Worker };

'use strict';

// Options of the command line that change how the program begins (https://nodejs.org/api/cli.html).

const { isOff, isOn, valueOf } = require('internal/options');

/** `--disable-proto`: `Object.prototype.__proto__` is not there, or throws. */
function restrictProto(mode) {
  if (mode === 'delete') {
    delete Object.prototype.__proto__;
    return;
  }
  const refuse = () => {
    const { codes } = require('internal/errors');
    throw new codes.ERR_PROTO_ACCESS();
  };
  Object.defineProperty(Object.prototype, '__proto__', {
    __proto__: null, configurable: true, enumerable: false, get: refuse, set: refuse,
  });
}

/** What the language itself has, and everything that can be reached from it. */
function freezeIntrinsics() {
  const { builtinGlobals } = require('internal/intrinsics');
  const seen = new Set();
  const waiting = [...builtinGlobals()];
  while (waiting.length > 0) {
    const object = waiting.pop();
    if (object === null || (typeof object !== 'object' && typeof object !== 'function') || seen.has(object)) continue;
    seen.add(object);
    Object.freeze(object);
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
      waiting.push(value, get, set);
    }
    waiting.push(Object.getPrototypeOf(object));
  }
}

/** `--trace-exit`: says where the program ends by its own will. */
function traceExit() {
  const { exit, reallyExit } = process;
  let isTold = false;
  const tell = (code, from) => {
    if (isTold) return;
    isTold = true;
    const error = {};
    Error.captureStackTrace(error, from);
    const where = require('internal/worker/thread').isMainThread ? '' : `, thread:${require('internal/worker/thread').threadId}`;
    ops.stdio_write(2, `(node:${process.pid}${where}) WARNING: Exited the environment with code ${code}\n` +
      `${error.stack.slice(error.stack.indexOf('\n') + 1)}\n\n`);
  };
  process.exit = function(code) {
    tell(code ?? process.exitCode ?? 0, process.exit);
    exit(code);
  };
  Object.defineProperty(process.exit, 'name', { value: 'exit', configurable: true });
  process.reallyExit = function(code) {
    tell(code ?? 0, process.reallyExit);
    reallyExit(code);
  };
}

/** Globals that options take away. */
const REMOVED = [
  ['--experimental-websocket', ['WebSocket', 'CloseEvent']],
  ['--webstorage', ['Storage', 'localStorage', 'sessionStorage']],
  ['--experimental-webstorage', ['Storage', 'localStorage', 'sessionStorage']],
  ['--experimental-global-navigator', ['navigator', 'Navigator']],
];

/** Follows the options; called only when there are any. */
function follow() {
  const proto = valueOf('--disable-proto');
  if (proto !== undefined) restrictProto(proto);
  for (const [option, names] of REMOVED) {
    if (isOff(option)) for (const name of names) delete globalThis[name];
  }
  if (isOn('--trace-exit')) traceExit();
  const title = valueOf('--title');
  if (title !== undefined) process.title = title;
  const order = valueOf('--dns-result-order');
  if (order !== undefined) require('internal/validators').validateOneOf(order, '--dns-result-order', ['verbatim', 'ipv4first', 'ipv6first']);
  if (isOn('--trace-sigint') && require('internal/worker/thread').isMainThread) require('internal/trace_sigint').setTraceSigInt(true);
  if (isOn('--frozen-intrinsics')) {
    require('internal/process_warning').warnExperimental('Frozen intristics');
    freezeIntrinsics();
  }
}

module.exports = { follow };

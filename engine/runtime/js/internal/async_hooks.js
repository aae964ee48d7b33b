'use strict';

// The hooks of `async_hooks.createHook` (https://nodejs.org/api/async_hooks.html#async_hookscreatehookcallbacks).
// Timers, immediates, ticks and microtasks report to `running.hooks` when it is not null, which it only is while hooks
// are enabled; promises report through V8, operations through the engine.

const { running, newAsyncId } = require('internal/async_ids');
const { ASYNC_HOOKS, IMMEDIATES } = require('internal/flags');

const { flags } = ops;

const OPERATION_STARTED = 0;
const CALLBACK_STARTED = 1;
const CALLBACK_ENDED = 2;

const promiseId = Symbol('async_id_symbol');
const promiseTriggerId = Symbol('trigger_async_id_symbol');

/** What operations are called; of files unless it stands here. */
const operationTypes = {
  __proto__: null,
  child: 'PROCESSWRAP',
  'crypto.pbkdf2': 'PBKDF2REQUEST',
  'crypto.randomBytes': 'RANDOMBYTESREQUEST',
  'crypto.scrypt': 'SCRYPTREQUEST',
  'dgram.send': 'UDPSENDWRAP',
  'dgram.socket': 'UDPWRAP',
  'dns.lookup': 'GETADDRINFOREQWRAP',
  'dns.lookupService': 'GETNAMEINFOREQWRAP',
  'fs.watch': 'FSEVENTWRAP',
  'net.connect': 'TCPCONNECTWRAP',
  'net.end': 'SHUTDOWNWRAP',
  'net.server': 'TCPSERVERWRAP',
  'net.socket': 'TCPWRAP',
  'net.write': 'WRITEWRAP',
  signal: 'SIGNALWRAP',
};

/** The enabled hooks, in the order in which they were enabled. A new array for every change. */
let enabled = [];
/** How many calls of hooks are going on, and the hooks that are enabled once they are over. */
let depth = 0;
let changed;
/** Resources of operations in flight. */
const operations = new Map();
/** What stands for the operation that is about to start, when that is more than a name, and what it is called. */
let nextResource;
let nextType;
/** Numbers of resources whose end is reported in the next check phase. */
let ended = [];

/** Calls one kind of function of every hook. What it throws ends the program: the script cannot have caught it. */
function call(kind, ...args) {
  depth += 1;
  try {
    for (const hook of enabled) if (hook[kind] !== undefined) Reflect.apply(hook[kind], hook.self, args);
  } catch (error) {
    // Running out of stack is no mistake of the hook's, and the script may catch it.
    if (!require('internal/errors').isStackOverflowError(error)) fail(error);
    depth -= 1;
    throw error;
  }
  depth -= 1;
  if (depth === 0 && changed !== undefined) {
    const hooks = changed;
    changed = undefined;
    update(hooks);
  }
}

function fail(error) {
  const { inspect } = require('internal/util/inspect');
  const text = typeof error?.stack === 'string' ? error.stack : inspect(error);
  process._rawDebug(text);
  process.removeAllListeners('exit');
  process.exit(1);
}

/** A resource was made. */
function init(id, type, triggerId, resource) {
  call('init', id, type, triggerId, resource);
}

/** A callback of the resource is about to run. */
function before(id) {
  call('before', id);
}

/** A callback of the resource has run. */
function after(id) {
  call('after', id);
}

/** The resource is no more; hooks are told in the next check phase, and only if there is one. */
function destroy(id) {
  if (!enabled.some((hook) => hook.destroy !== undefined)) return;
  if (ended.length === 0) flags[IMMEDIATES] += 1;
  ended.push(id);
}

/** What `destroy` has put off. */
function reportEnded() {
  if (ended.length === 0) return;
  // Hooks may end others.
  while (ended.length > 0) {
    flags[IMMEDIATES] -= 1;
    const ids = ended;
    ended = [];
    for (const id of ids) call('destroy', id);
  }
}

const operationType = (name) => operationTypes[name] ?? (name.startsWith('fs.') ? 'FSREQCALLBACK' : name.toUpperCase());

/** The engine calls this for operations. */
function operation(event, id, triggerId, name) {
  if (event === OPERATION_STARTED) {
    const resource = nextResource ?? Reflect.construct(Object, [], class FSReqCallback {});
    const type = nextType ?? operationType(name);
    nextResource = undefined;
    nextType = undefined;
    operations.set(id, resource);
    if (!resource.isAsyncHandle) init(id, type, triggerId, resource);
    return;
  }
  const resource = operations.get(id);
  // Handles live longer than the operations on them: they have numbers of their own, and tell of their beginning and end.
  const isHandle = Boolean(resource?.isAsyncHandle);
  const number = isHandle ? resource.getAsyncId() : id;
  if (event === CALLBACK_STARTED) {
    running.resource = resource;
    running.execution = number;
    before(number);
  } else if (event === CALLBACK_ENDED) {
    after(number);
    running.resource = undefined;
  } else {
    operations.delete(id);
    if (!isHandle) destroy(id);
  }
}

/** Says what stands for the operation that is about to start. */
function announce(resource, type) {
  nextResource = resource;
  nextType = type;
}

/** What ran when a promise's reaction began. */
const interrupted = [];

function number(promise, parent) {
  const trigger = parent === undefined ? running.execution : parent[promiseId] ?? numberLate(parent);
  promise[promiseId] ??= newAsyncId();
  promise[promiseTriggerId] = trigger;
}

/** A promise that was made before any hook listened; nobody is told that it was. */
function numberLate(promise) {
  number(promise, undefined);
  return promise[promiseId];
}

function promiseInit(promise, parent) {
  number(promise, parent);
  init(promise[promiseId], 'PROMISE', promise[promiseTriggerId], promise);
}

function promiseBefore(promise) {
  if (promise[promiseId] === undefined) numberLate(promise);
  interrupted.push([running.execution, running.trigger, running.resource]);
  running.execution = promise[promiseId];
  running.trigger = promise[promiseTriggerId];
  running.resource = promise;
  before(promise[promiseId]);
}

function promiseAfter(promise) {
  // Hooks may have been enabled by the reaction itself.
  if (promise[promiseId] === undefined) numberLate(promise);
  after(promise[promiseId]);
  [running.execution, running.trigger, running.resource] = interrupted.pop() ?? [0, 0, undefined];
}

function promiseSettled(promise) {
  if (promise[promiseId] === undefined) numberLate(promise);
  call('promiseResolve', promise[promiseId]);
}

function update(hooks) {
  enabled = hooks;
  const any = hooks.length > 0;
  flags[ASYNC_HOOKS] = any ? 1 : 0;
  running.hooks = any ? module.exports : null;
  if (!any && ended.length > 0) {
    flags[IMMEDIATES] -= 1;
    ended = [];
  }
  updatePromiseHooks();
}

/** The functions of `v8.promiseHooks`: init, before, after, settled. */
let scriptPromiseHooks = [];

function updatePromiseHooks() {
  let own = [];
  if (enabled.some((hook) => hook.tracksPromises)) {
    const settles = enabled.some((hook) => hook.promiseResolve !== undefined);
    own = [promiseInit, promiseBefore, promiseAfter, settles ? promiseSettled : undefined];
  }
  const all = [0, 1, 2, 3].map((kind) => {
    const [first, second] = [own[kind], scriptPromiseHooks[kind]];
    if (first === undefined || second === undefined) return first ?? second;
    return (promise, parent) => {
      first(promise, parent);
      second(promise, parent);
    };
  });
  ops.promise_hooks_set(...all);
}

/** What `v8.promiseHooks` wants to be called: init, before, after, settled. */
function setScriptPromiseHooks(functions) {
  scriptPromiseHooks = functions;
  updatePromiseHooks();
}

function change(hooks) {
  if (depth > 0) changed = hooks;
  else update(hooks);
}

/** Begins to call the functions of `hook`. */
function enable(hook) {
  const hooks = changed ?? enabled;
  if (!hooks.includes(hook)) change([...hooks, hook]);
}

/** Calls them no more. */
function disable(hook) {
  const hooks = changed ?? enabled;
  if (hooks.includes(hook)) change(hooks.filter((other) => other !== hook));
}

module.exports = { after, announce, before, destroy, disable, enable, init, operation, reportEnded, setScriptPromiseHooks };

'use strict';

// Immediates: callbacks of the check phase (https://nodejs.org/api/timers.html#class-immediate).

const { TRACING, ASYNC_CONTEXT, IMMEDIATES, REFD_IMMEDIATES, TASK_IMMEDIATE } = require('internal/flags');
const { newAsyncId, running } = require('internal/async_ids');
const { taskCancelled, taskEnded, taskQueued, taskRefd, taskStarted } = require('internal/tasks');
const { drainBetween } = require('internal/ticks');

const { flags } = ops;
const refed = Symbol('refed');
const asyncIdSymbol = Symbol('asyncId');
const triggerIdSymbol = Symbol('triggerId');
const contextSymbol = Symbol('kAsyncContextFrame');

const newQueue = () => ({ head: null, tail: null });

/** Immediates for the next check phase. */
let queue = newQueue();
/** Immediates of the check phase that is running. */
let current = newQueue();

function append(list, immediate) {
  immediate._idlePrev = list.tail;
  if (list.tail === null) list.head = immediate;
  else list.tail._idleNext = immediate;
  list.tail = immediate;
}

function remove(list, immediate) {
  const { _idlePrev: previous, _idleNext: next } = immediate;
  if (previous === null) list.head = next;
  else previous._idleNext = next;
  if (next === null) list.tail = previous;
  else next._idlePrev = previous;
  immediate._idlePrev = null;
  immediate._idleNext = null;
}

class Immediate {
  #task = 0;
  #list = queue;

  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[refed] = true;
    this[asyncIdSymbol] = newAsyncId();
    this[triggerIdSymbol] = running.execution;
    this[contextSymbol] = flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get();
    running.hooks?.init(this[asyncIdSymbol], 'Immediate', this[triggerIdSymbol], this);
    if (flags[TRACING] !== 0) this.#task = taskQueued(TASK_IMMEDIATE, callback);
    flags[IMMEDIATES] += 1;
    flags[REFD_IMMEDIATES] += 1;
    append(queue, this);
  }

  /** Keeps the loop alive until it ran. */
  ref() {
    if (this[refed] === false) {
      this[refed] = true;
      if (!this._destroyed) flags[REFD_IMMEDIATES] += 1;
      if (this.#task !== 0) taskRefd(this.#task, true);
    }
    return this;
  }

  /** Lets the loop end before it ran. */
  unref() {
    if (this[refed] === true) {
      this[refed] = false;
      if (!this._destroyed) flags[REFD_IMMEDIATES] -= 1;
      if (this.#task !== 0) taskRefd(this.#task, false);
    }
    return this;
  }

  /** Whether it keeps the loop alive. */
  hasRef() {
    return this[refed] === true;
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }

  /** Takes the immediate out of its queue; it no longer waits. */
  static settle(immediate) {
    remove(immediate.#list, immediate);
    immediate._destroyed = true;
    flags[IMMEDIATES] -= 1;
    if (immediate[refed]) flags[REFD_IMMEDIATES] -= 1;
  }

  /** The task in the trace, 0 for none. */
  static task(immediate) {
    return immediate.#task;
  }
}

function run(immediate) {
  const task = Immediate.task(immediate);
  const args = immediate._argv;
  running.execution = immediate[asyncIdSymbol];
  running.trigger = immediate[triggerIdSymbol];
  running.resource = immediate;
  if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(immediate[contextSymbol]);
  let threw = true;
  if (task !== 0) taskStarted(task, TASK_IMMEDIATE);
  running.hooks?.before(immediate[asyncIdSymbol]);
  try {
    const callback = immediate._onImmediate;
    // Stack traces would call it by this name.
    immediate._onImmediate = null;
    if (args === undefined) callback.call(immediate);
    else callback.apply(immediate, args);
    threw = false;
  } finally {
    if (task !== 0) taskEnded(task, threw);
    running.hooks?.after(immediate[asyncIdSymbol]);
    running.hooks?.destroy(immediate[asyncIdSymbol]);
  }
}

/** Global `clearImmediate`. */
function clearImmediate(immediate) {
  if (!(immediate instanceof Immediate) || immediate._destroyed) return;
  const task = Immediate.task(immediate);
  if (task !== 0) taskCancelled(task);
  running.hooks?.destroy(immediate[asyncIdSymbol]);
  Immediate.settle(immediate);
  immediate._onImmediate = null;
}

/**
 * Runs the immediates queued so far; new ones wait for the next turn. An exception leaves through the caller, which
 * calls again for the rest.
 */
function runImmediates() {
  running.hooks?.reportEnded();
  if (current.head === null) [current, queue] = [queue, current];
  for (let immediate = current.head, isFirst = true; immediate !== null; immediate = current.head) {
    if (!isFirst) {
      drainBetween();
      immediate = current.head;
      if (immediate === null) break;
    }
    isFirst = false;
    Immediate.settle(immediate);
    run(immediate);
  }
}

module.exports = { Immediate, clearImmediate, runImmediates };

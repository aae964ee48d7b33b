'use strict';

// Next ticks and microtasks: what runs between two callbacks of the event loop
// (https://nodejs.org/api/process.html#processnexttickcallback-args).

const { TICKS, REJECTIONS, TRACING, ASYNC_CONTEXT, TASK_NEXT_TICK, TASK_MICROTASK } = require('internal/flags');
const { newAsyncId, running } = require('internal/async_ids');
const { processRejections } = require('internal/rejections');
const { drainEntered, drainLeft, taskEnded, taskFollows, taskQueued, taskStarted } = require('internal/tasks');
const { validateFunction } = require('internal/validators');

const { flags } = ops;
// As a method of an object whose shape never changes, V8 knows the op when it optimizes.
const queue = { microtask: ops.enqueue_microtask };
const MIN_CAPACITY = 64;

// A ring whose capacity is a power of two. Slots between head and tail hold ticks.
let ring = new Array(MIN_CAPACITY);
let head = 0;
let tail = 0;

let isDraining = false;

function grow() {
  const bigger = new Array(ring.length * 2);
  for (let i = 0; i < ring.length; i++) bigger[i] = ring[(head + i) & (ring.length - 1)];
  head = 0;
  tail = ring.length;
  ring = bigger;
}

function push(tick) {
  ring[tail] = tick;
  tail = (tail + 1) & (ring.length - 1);
  if (tail === head) grow();
  flags[TICKS] = 1;
}

function shift() {
  if (head === tail) {
    flags[TICKS] = 0;
    return undefined;
  }
  const tick = ring[head];
  ring[head] = undefined;
  head = (head + 1) & (ring.length - 1);
  return tick;
}

/** `process.nextTick`. */
function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) return;
  const tick = {
    callback,
    args: args.length === 0 ? undefined : args,
    asyncId: newAsyncId(),
    triggerId: running.execution,
    context: flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get(),
    task: flags[TRACING] === 0 ? 0 : taskQueued(TASK_NEXT_TICK, callback),
  };
  push(tick);
  running.hooks?.init(tick.asyncId, 'TickObject', tick.triggerId, tick);
}

function enterTick(tick) {
  running.execution = tick.asyncId;
  running.trigger = tick.triggerId;
  running.resource = tick;
  if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(tick.context);
}

function runTick(tick) {
  enterTick(tick);
  const { callback, args } = tick;
  const wasHooked = running.hooks !== null;
  if (wasHooked) runHookedTick(tick);
  else if (tick.task !== 0) runTraced(tick.task, TASK_NEXT_TICK, callback, args);
  else if (args === undefined) callback();
  else callback(...args);
  if (running.hooks !== null && !wasHooked) endHooked(tick.asyncId);
}

/** Runs a callback between the start and the end of its task of some kind; without one (0) it just runs. */
function runTraced(task, kind, callback, args) {
  let threw = true;
  if (task !== 0) taskStarted(task, kind);
  try {
    if (args === undefined) callback();
    else callback(...args);
    threw = false;
  } finally {
    if (task !== 0) taskEnded(task, threw);
  }
}

/** Runs the only callback of a resource that hooks were told about. */
function runHooked(id, callback) {
  running.hooks.before(id);
  try {
    callback();
  } finally {
    endHooked(id);
  }
}

/** The only callback of a resource has run; hooks may have been enabled by it. */
function endHooked(id) {
  running.hooks?.after(id);
  running.hooks?.destroy(id);
}

/** Apart from `runTick`, whose variables would all have to live on the heap for this closure. */
function runHookedTick(tick) {
  runHooked(tick.asyncId, () => runTraced(tick.task, TASK_NEXT_TICK, tick.callback, tick.args));
}

function leaveContext() {
  running.execution = 0;
  running.trigger = 0;
  running.resource = undefined;
  if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(undefined);
}

function runTicks() {
  if (flags[TRACING] !== 0) {
    runTracedTicks();
    return;
  }
  let tick;
  while ((tick = shift()) !== undefined) runTick(tick);
}

/** The same for a run that is watched: the end of one tick and the start of the next are told together. */
function runTracedTicks() {
  // The tick that runs, or has returned, and whose end is not told yet.
  let last = 0;
  let threw = true;
  drainEntered();
  try {
    let tick;
    while ((tick = shift()) !== undefined) {
      const before = last;
      if (tick.task !== 0 && running.hooks === null) {
        last = tick.task;
        runAfter(before, tick);
        if (running.hooks === null) continue;
        // What hooks do does not belong to the tick that has enabled them.
        last = 0;
        taskEnded(tick.task, false);
        endHooked(tick.asyncId);
      } else {
        last = 0;
        if (before !== 0) taskEnded(before, false);
        runTick(tick);
      }
    }
    threw = false;
  } finally {
    if (threw && last !== 0) {
      taskEnded(last, true);
      last = 0;
    }
    drainLeft(last);
  }
}

/** Runs a tick whose task starts where that of the one before has ended, or anew (0). */
function runAfter(before, tick) {
  enterTick(tick);
  const { callback, args } = tick;
  if (before === 0) taskStarted(tick.task, TASK_NEXT_TICK);
  else taskFollows(before, tick.task, TASK_NEXT_TICK);
  if (args === undefined) callback();
  else callback(...args);
}

/**
 * Runs all next ticks, then all microtasks, until both are empty, then looks after rejections. An exception leaves
 * through the caller; the ticks behind it stay queued.
 */
function drain() {
  isDraining = true;
  try {
    // After an exception the context stays for the script's handlers; the engine leaves it once they have run.
    do {
      runTicks();
      leaveContext();
      ops.run_microtasks();
    } while (head !== tail || processRejections());
    leaveContext();
  } finally {
    isDraining = false;
  }
}

/**
 * Drains in the middle of a callback of the engine's, where for Node.js one callback ends and another begins. An
 * exception does not end what is in progress.
 */
function drainInside() {
  if (isDraining) return;
  const { execution, trigger, resource } = running;
  const context = flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get();
  try {
    drain();
  } catch (error) {
    ops.trigger_uncaught(error, false);
  } finally {
    running.execution = execution;
    running.trigger = trigger;
    running.resource = resource;
    if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(context);
  }
}

/** What runs between two callbacks of one phase. */
function drainBetween() {
  leaveContext();
  if (flags[TICKS] === 0 && flags[REJECTIONS] === 0) ops.run_microtasks();
  if (flags[TICKS] !== 0 || flags[REJECTIONS] !== 0) drain();
}

/** `queueMicrotask` (https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#microtask-queuing). */
function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  if (flags[ASYNC_CONTEXT] === 0 && flags[TRACING] === 0 && running.hooks === null) {
    queue.microtask(callback);
    return;
  }
  const asyncId = newAsyncId();
  const triggerId = running.execution;
  const context = flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get();
  const task = flags[TRACING] === 0 ? 0 : taskQueued(TASK_MICROTASK, callback);
  const resource = running.hooks === null ? undefined : { callback };
  running.hooks?.init(asyncId, 'Microtask', triggerId, resource);
  ops.enqueue_microtask(() => {
    const { execution, trigger, resource: interrupted } = running;
    running.execution = asyncId;
    running.trigger = triggerId;
    running.resource = resource;
    if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(context);
    try {
      if (running.hooks !== null) runHooked(asyncId, () => runTraced(task, TASK_MICROTASK, callback, undefined));
      else runTraced(task, TASK_MICROTASK, callback, undefined);
    } catch (error) {
      ops.trigger_uncaught(error, false);
    } finally {
      running.execution = execution;
      running.trigger = trigger;
      running.resource = interrupted;
    }
  });
}

module.exports = { drain, drainBetween, drainInside, nextTick, queueMicrotask, runHooked, runTraced };

'use strict';

// Timers: timeouts and intervals of one duration share a list in order of their start, and a heap holds the lists
// in the order in which their first timer is due (https://nodejs.org/api/timers.html).

const { TRACING, ASYNC_CONTEXT, NEXT_TIMER, TASK_TIMEOUT, TASK_INTERVAL } = require('internal/flags');
const { newAsyncId, running } = require('internal/async_ids');
const { drainBetween } = require('internal/ticks');
const { taskArmed, taskCancelled, taskEnded, taskRefd, timerStarted } = require('internal/tasks');
const heap = require('internal/timer_heap');

const { flags, times } = ops;

const MAX_DELAY = 2 ** 31 - 1;
const refed = Symbol('refed');
const hasPrimitive = Symbol('kHasPrimitive');
const asyncIdSymbol = Symbol('asyncId');
const triggerIdSymbol = Symbol('triggerId');
const contextSymbol = Symbol('kAsyncContextFrame');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** Lists by duration in milliseconds. */
const lists = new Map();
/** Timeouts whose number was asked for (`+timer`), by that number. */
const byNumber = new Map();
let refdCount = 0;
let lastListId = 0;
/** The list whose timers are running; it stays in place even while it is empty. */
let runningList = null;
/** The task that is running, 0 for none. */
let runningTask = 0;

function inspectShallow(value, options) {
  return require('util').inspect(value, { ...options, depth: 0, customInspect: false });
}

class TimersList {
  constructor(expiry, msecs) {
    this._idleNext = this;
    this._idlePrev = this;
    this.expiry = expiry;
    this.id = ++lastListId;
    this.msecs = msecs;
    this.priorityQueuePosition = -1;
  }

  [inspectCustom](_, options) {
    return inspectShallow(this, options);
  }
}

function removeList(list) {
  heap.remove(list);
  if (lists.get(list.msecs) === list) lists.delete(list.msecs);
}

/** Tells the engine when to wake up, and whether to stay alive for it. */
function publishNext() {
  const first = heap.first();
  if (first === undefined) times[NEXT_TIMER] = 0;
  else times[NEXT_TIMER] = refdCount > 0 ? first.expiry : -first.expiry;
}

function changeRefs(by) {
  refdCount += by;
  publishNext();
}

function append(list, timer) {
  if (timer._idleNext) unlink(timer);
  timer._idlePrev = list._idlePrev;
  timer._idleNext = list;
  list._idlePrev._idleNext = timer;
  list._idlePrev = timer;
}

function unlink(timer) {
  if (timer._idleNext) timer._idleNext._idlePrev = timer._idlePrev;
  if (timer._idlePrev) timer._idlePrev._idleNext = timer._idleNext;
  timer._idleNext = null;
  timer._idlePrev = null;
}

/** Queues `timer` to be due `msecs` after `start` (loop time; now when it is undefined). */
function insert(timer, msecs, start) {
  msecs = Math.trunc(msecs);
  start ??= ops.loop_now();
  timer._idleStart = start;
  let list = lists.get(msecs);
  if (list === undefined) {
    list = new TimersList(start + msecs, msecs);
    lists.set(msecs, list);
    heap.add(list);
    publishNext();
  }
  append(list, timer);
}

class Timeout {
  #task = 0;
  /** Module and name under which the trace tells a timer that the runtime starts for itself; undefined for the script's. */
  #owner;

  constructor(callback, after, args, isRepeat, isRefed, owner) {
    after = toDelay(after);
    this.#owner = owner;
    this._idleTimeout = after;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    if (isRefed) changeRefs(1);
    this[refed] = isRefed;
    this[hasPrimitive] = false;
    this[asyncIdSymbol] = newAsyncId();
    this[triggerIdSymbol] = running.execution;
    this[contextSymbol] = flags[ASYNC_CONTEXT] === 0 ? undefined : ops.async_context_get();
    running.hooks?.init(this[asyncIdSymbol], 'Timeout', this[triggerIdSymbol], this);
  }

  [inspectCustom](_, options) {
    return inspectShallow(this, options);
  }

  /** Starts the clock again. */
  refresh() {
    start(this);
    return this;
  }

  /** Lets the loop end although the timer waits. */
  unref() {
    if (this[refed]) {
      this[refed] = false;
      if (!this._destroyed) changeRefs(-1);
      if (this.#task !== 0) taskRefd(this.#task, false);
    }
    return this;
  }

  /** Keeps the loop alive while the timer waits. */
  ref() {
    if (this[refed] === false) {
      this[refed] = true;
      if (!this._destroyed) changeRefs(1);
      if (this.#task !== 0) taskRefd(this.#task, true);
    }
    return this;
  }

  /** Whether the timer keeps the loop alive. */
  hasRef() {
    return this[refed] === true;
  }

  /** The same as `clearTimeout(this)`. */
  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  [Symbol.toPrimitive]() {
    const id = this[asyncIdSymbol];
    if (!this[hasPrimitive] && !this._destroyed) {
      this[hasPrimitive] = true;
      byNumber.set(id, this);
    }
    return id;
  }

  /** Reports that the timer waits. */
  static traceArmed(timer) {
    const due = timer._idleStart + timer._idleTimeout;
    // A timer that is started again while it runs is a new task.
    if (timer.#task === 0 || timer.#task === runningTask) {
      const kind = timer._repeat === null ? TASK_TIMEOUT : TASK_INTERVAL;
      timer.#task = timerStarted(kind, timer._onTimeout, timer.#owner, timer[refed] !== false, due);
    } else {
      taskArmed(timer.#task, due);
    }
  }

  /** The timer's task in the trace, 0 for none. */
  static task(timer) {
    return timer instanceof Timeout ? timer.#task : 0;
  }

  /** The task is over; a timer that is started again gets a new one. */
  static forgetTask(timer) {
    timer.#task = 0;
  }
}

/** The delay that a timer really gets: from 1 to 2^31-1 milliseconds. */
function toDelay(after) {
  if (after === undefined) return 1;
  after *= 1;
  if (after >= 1 && after <= MAX_DELAY) return after;
  if (after > MAX_DELAY) warn(after, 'TimeoutOverflowWarning', 'does not fit into a 32-bit signed integer.');
  else if (after < 0) warn(after, 'TimeoutNegativeWarning', 'is a negative number.');
  else if (Number.isNaN(after)) warn(after, 'TimeoutNaNWarning', 'is not a number.');
  return 1;
}

function warn(after, name, reason) {
  process.emitWarning(`${after} ${reason}\nTimeout duration was set to 1.`, name);
}

/** Starts a timer, or starts it again. */
function start(timer) {
  const msecs = timer._idleTimeout;
  if (msecs < 0 || msecs === undefined) return;
  detach(timer);
  insert(timer, msecs);
  if (timer._destroyed) {
    timer._destroyed = false;
    timer[asyncIdSymbol] = newAsyncId();
    running.hooks?.init(timer[asyncIdSymbol], 'Timeout', timer[triggerIdSymbol], timer);
    if (timer[refed]) changeRefs(1);
  }
  if (flags[TRACING] !== 0) Timeout.traceArmed(timer);
}

/**
 * Starts an unref'd timer that the runtime needs for itself, such as the one that ends idle connections. The trace tells it
 * from the script's by its owner: a module and what it is there, such as `node:net socketTimeout`.
 */
function startOwn(owner, callback, after, args, isRepeat = false) {
  const timer = new Timeout(callback, after, args, isRepeat, false, owner);
  start(timer);
  return timer;
}

/** Takes a timer out of its list; an empty list goes, too. */
function detach(timer) {
  if (!timer._idleNext || timer._idleNext === timer) return;
  unlink(timer);
  const list = lists.get(Math.trunc(timer._idleTimeout));
  if (list !== undefined && list._idleNext === list && list !== runningList) {
    removeList(list);
    publishNext();
  }
}

/** `clearTimeout` and `clearInterval` take each other's timers, and numbers. */
function clearTimeout(timer) {
  if (timer?._onTimeout) {
    timer._onTimeout = null;
    cancel(timer);
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byNumber.get(Number(timer));
    if (found !== undefined) {
      found._onTimeout = null;
      cancel(found);
    }
  }
}

function cancel(timer) {
  if (timer._destroyed) return;
  timer._destroyed = true;
  running.hooks?.destroy(timer[asyncIdSymbol]);
  if (timer[hasPrimitive]) byNumber.delete(timer[asyncIdSymbol]);
  const task = Timeout.task(timer);
  if (task !== 0 && task !== runningTask) {
    taskCancelled(task);
    Timeout.forgetTask(timer);
  }
  detach(timer);
  timer._idleTimeout = -1;
  if (timer[refed]) changeRefs(-1);
}

/** Runs every timer that is due. An exception leaves through the caller, which calls again. */
function runTimers(now) {
  let isFirst = true;
  let list;
  while ((list = heap.first()) !== undefined) {
    if (list.expiry > now) {
      now = ops.loop_now();
      if (list.expiry > now) break;
    }
    isFirst = runList(list, now, isFirst);
  }
  publishNext();
}

/** Runs the due timers of one list; `isFirst` says whether no timer ran before in this phase. */
function runList(list, now, isFirst) {
  let timer;
  while ((timer = list._idleNext) !== list) {
    if (now - timer._idleStart < list.msecs) {
      now = ops.loop_now();
      if (now - timer._idleStart < list.msecs) {
        heap.postpone(list, Math.max(timer._idleStart + list.msecs, now + 1));
        return isFirst;
      }
    }
    if (!isFirst) {
      drainBetween();
      isFirst = true;
      // What ran in between may have taken the timer away, and the list with it.
      if (list.priorityQueuePosition === -1) return isFirst;
      if (list._idleNext !== timer) continue;
    }
    isFirst = false;
    runningList = list;
    try {
      runTimer(timer);
    } finally {
      runningList = null;
      if (list._idleNext === list) removeList(list);
      publishNext();
    }
  }
  // A callback that a debugger has ended leaves without the above.
  if (list.priorityQueuePosition !== -1) removeList(list);
  return isFirst;
}

function runTimer(timer) {
  unlink(timer);
  if (!timer._onTimeout) {
    finish(timer);
    return;
  }
  const task = Timeout.task(timer);
  const startedAt = timer._repeat ? ops.loop_now() : undefined;
  running.execution = timer[asyncIdSymbol];
  running.trigger = timer[triggerIdSymbol];
  running.resource = timer;
  if (flags[ASYNC_CONTEXT] !== 0) ops.async_context_set(timer[contextSymbol]);
  let threw = true;
  if (task !== 0) {
    runningTask = task;
    ops.task_due(task);
  }
  running.hooks?.before(timer[asyncIdSymbol]);
  try {
    const args = timer._timerArgs;
    if (args === undefined) timer._onTimeout();
    else timer._onTimeout(...args);
    threw = false;
  } finally {
    if (task !== 0) {
      runningTask = 0;
      taskEnded(task, threw);
    }
    running.hooks?.after(timer[asyncIdSymbol]);
    afterRun(timer, startedAt, task);
  }
}

function afterRun(timer, startedAt, task) {
  if (timer._repeat && timer._idleTimeout !== -1 && !timer._destroyed) {
    timer._idleTimeout = timer._repeat;
    insert(timer, timer._idleTimeout, startedAt);
    if (task !== 0 && Timeout.task(timer) === task) {
      taskArmed(task, timer._idleStart + timer._idleTimeout);
    }
    return;
  }
  const waitsAgain = timer._idleNext && timer._idleNext !== timer;
  if (waitsAgain) return;
  if (task !== 0) {
    if (timer._repeat !== null) taskCancelled(task);
    Timeout.forgetTask(timer);
  }
  finish(timer);
}

/** The timer waits no more. */
function finish(timer) {
  if (timer._destroyed) return;
  timer._destroyed = true;
  running.hooks?.destroy(timer[asyncIdSymbol]);
  if (timer[hasPrimitive]) byNumber.delete(timer[asyncIdSymbol]);
  if (timer[refed]) changeRefs(-1);
}

/** The name `Timeout` for every ref'd timer that waits. */
function activeResources() {
  return new Array(refdCount).fill('Timeout');
}

module.exports = { Timeout, activeResources, clearTimeout, runTimers, start, startOwn };

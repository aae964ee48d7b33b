'use strict';

// Timers and dates that go by a clock of the test's own (https://nodejs.org/api/test.html#class-mocktimers).

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateNumber, validateStringArray } = require('internal/validators');
const { install } = require('internal/test_runner/mock_timers_install');

const APIS = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
/** The longest time of a timer; longer ones become the shortest. */
const TIMEOUT_MAX = 2 ** 31 - 1;

/** What `setTimeout`, `setInterval` and `setImmediate` return. */
class MockedTimer {
  #timers;
  #hasRef = true;

  constructor(timers, fields) {
    this.#timers = timers;
    Object.assign(this, fields);
  }

  hasRef() {
    return this.#hasRef;
  }

  ref() {
    this.#hasRef = true;
    return this;
  }

  unref() {
    this.#hasRef = false;
    return this;
  }

  refresh() {
    return this;
  }

  [Symbol.dispose]() {
    MockTimers.remove(this.#timers, this);
  }
}

class MockTimers {
  #isEnabled = false;
  #now = 0;
  #lastId = 1;
  /** Timers by the time they are due; of those due together the one that was made first comes first. */
  #queue = [];
  #uninstall;

  enable(options = { __proto__: null, apis: APIS, now: 0 }) {
    const { apis = APIS, now = 0 } = { __proto__: null, ...options };
    if (this.#isEnabled) throw new codes.ERR_INVALID_STATE('MockTimers is already enabled!');
    const start = isDate(now) ? now.getTime() : now;
    validateNumber(start, 'initialTime');
    if (Number.isNaN(start) || start < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', 'positive integer', start);
    validateStringArray(apis, 'options.apis');
    for (const api of apis) {
      if (!APIS.includes(api)) {
        throw new codes.ERR_INVALID_ARG_VALUE('options.apis', api, `option ${api} is not supported`);
      }
    }
    if (apis.includes('Date') && globalThis.Date.isMock) throw new codes.ERR_INVALID_STATE('Date is already being mocked!');
    this.#now = start;
    this.#uninstall = install(apis.length === 0 ? APIS : apis, this.#functions());
    this.#isEnabled = true;
  }

  #ensureEnabled() {
    if (!this.#isEnabled) {
      throw new codes.ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
    }
  }

  tick(time = 1) {
    this.#ensureEnabled();
    if (time < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.#now += time;
    let timer = this.#queue[0];
    while (timer !== undefined && timer.runAt <= this.#now) {
      this.#queue.shift();
      const { args, callback } = timer;
      // An interval may clear itself, so it waits again before it is called.
      if (timer.interval !== undefined) {
        timer.runAt += timer.interval;
        this.#insert(timer);
      }
      Reflect.apply(callback, undefined, args);
      timer = this.#queue[0];
    }
  }

  /** Goes on to the time of the last timer. */
  runAll() {
    this.#ensureEnabled();
    const last = this.#queue.at(-1);
    if (last !== undefined) this.tick(last.runAt - this.#now);
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    if (time < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.#ensureEnabled();
    this.#now = time;
  }

  reset() {
    if (!this.#isEnabled) return;
    this.#uninstall();
    this.#isEnabled = false;
    this.#queue = [];
    this.#now = 0;
  }

  [Symbol.dispose]() {
    this.reset();
  }

  /** Takes a timer out of those of `timers`. */
  static remove(timers, timer) {
    const index = timers.#queue.indexOf(timer);
    if (index !== -1) timers.#queue.splice(index, 1);
  }

  #insert(timer) {
    let index = this.#queue.findIndex(({ id, runAt }) => runAt > timer.runAt || (runAt === timer.runAt && id > timer.id));
    if (index === -1) index = this.#queue.length;
    this.#queue.splice(index, 0, timer);
  }

  #add(callback, delay, args, isInterval) {
    let wait = Number(delay);
    // Immediates come before every timer.
    if (delay !== -1 && !(wait >= 1 && wait <= TIMEOUT_MAX)) wait = 1;
    const timer = new MockedTimer(this, {
      id: this.#lastId++, callback, runAt: this.#now + wait, interval: isInterval ? wait : undefined, args,
    });
    this.#insert(timer);
    return timer;
  }

  /** The functions that stand in for the real ones. */
  #functions() {
    const remove = (timer) => {
      if (timer instanceof MockedTimer) MockTimers.remove(this, timer);
    };
    return {
      now: () => this.#now,
      setTimeout: (callback, delay, ...args) => this.#add(callback, delay === -1 ? 1 : delay, args, false),
      setInterval: (callback, delay, ...args) => this.#add(callback, delay === -1 ? 1 : delay, args, true),
      setImmediate: (callback, ...args) => this.#add(callback, -1, args, false),
      clearTimeout: remove,
      clearInterval: remove,
      clearImmediate: remove,
      promises: {
        setTimeout: (delay, value, options) => this.#promise(delay, value, options),
        setImmediate: (value, options) => this.#promise(-1, value, options),
        setInterval: (delay, value, options) => this.#iterate(delay, value, options),
        wait: (delay, options) => this.#promise(delay, undefined, options),
      },
      abortAfter: (delay) => {
        const controller = new AbortController();
        this.#add(() => controller.abort(), delay, [], false);
        return controller.signal;
      },
    };
  }

  /** A promise that the clock fulfils, unless the signal comes first. */
  async #promise(delay, value, options) {
    const signal = options?.signal;
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw aborted(signal);
    const { promise, resolve, reject } = Promise.withResolvers();
    const timer = this.#add(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    }, delay === -1 ? -1 : delay, [], false);
    const onAbort = () => {
      MockTimers.remove(this, timer);
      reject(aborted(signal));
    };
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    return promise;
  }

  async* #iterate(delay, value, options) {
    const signal = options?.signal;
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw aborted(signal);
    let due = 0;
    let wake = () => {};
    const timer = this.#add(() => {
      due++;
      wake();
    }, delay, [], true);
    const onAbort = () => {
      MockTimers.remove(this, timer);
      wake();
    };
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    try {
      for (;;) {
        while (due > 0) {
          due--;
          yield value;
        }
        if (signal?.aborted) throw aborted(signal);
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      MockTimers.remove(this, timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }
}

function isDate(value) {
  return require('util').types.isDate(value);
}

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

module.exports = { MockTimers };

'use strict';

// The channels along the life of one operation, synchronous or not
// (https://nodejs.org/api/diagnostics_channel.html#class-tracingchannel).

const { toChannel } = require('internal/diagnostics/bounded_channel');
const { validateFunction } = require('internal/validators');

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  #channels = {};

  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      this.#channels[event] = toChannel(EVENTS, nameOrChannels, event, 'TracingChannel');
    }
    Object.defineProperty(this, 'error', { __proto__: null, value: this.#channels.error });
  }

  get start() {
    return this.#channels.start;
  }

  get end() {
    return this.#channels.end;
  }

  get asyncStart() {
    return this.#channels.asyncStart;
  }

  get asyncEnd() {
    return this.#channels.asyncEnd;
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event]?.hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) {
      if (handlers[event]) this[event]?.subscribe(handlers[event]);
    }
  }

  unsubscribe(handlers) {
    let done = true;
    for (const event of EVENTS) {
      if (handlers[event] && !this[event]?.unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  traceSync(fn, context = { __proto__: null }, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = { __proto__: null }, thisArg, ...args) {
    if (!this.hasSubscribers) {
      const result = Reflect.apply(fn, thisArg, args);
      if (typeof result?.then !== 'function') warnNoThenable(fn);
      return result;
    }
    const { start, end, asyncStart, asyncEnd, error } = this;
    const settled = () => {
      // Whoever waits goes on with the promise; that moment is not seen from here.
      asyncStart.publish(context);
      asyncEnd.publish(context);
    };
    const rejected = (reason) => {
      context.error = reason;
      error.publish(context);
      settled();
    };
    const resolved = (result) => {
      context.result = result;
      settled();
    };
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        if (typeof result?.then !== 'function') {
          warnNoThenable(fn);
          context.result = result;
          return result;
        }
        if (result.constructor !== Promise) {
          // What another kind of promise returns from `then` may be anything: the caller gets the original.
          result.then(resolved, rejected);
          return result;
        }
        return result.then((value) => {
          resolved(value);
          return value;
        }, (reason) => {
          rejected(reason);
          throw reason;
        });
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = { __proto__: null }, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    function traced(failure, result, ...rest) {
      if (failure) {
        context.error = failure;
        error.publish(context);
      } else {
        context.result = result;
      }
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, [failure, result, ...rest]);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, traced);
    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }
}

function warnNoThenable(fn) {
  process.emitWarning(
    `tracePromise was called with the function '${fn.name || '<anonymous>'}', which returned a non-thenable.`);
}

/** The channels `tracing:NAME:start`, `:end`, `:asyncStart`, `:asyncEnd` and `:error`. */
function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { tracingChannel };

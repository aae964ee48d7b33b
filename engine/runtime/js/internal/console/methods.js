'use strict';

// What a console can do; `this` is the console. Its state is under `kState`, see `State`.

const { observed, publish } = require('internal/diagnostics/observed');
const { formatAll } = require('internal/util/format');

const kState = Symbol('kState');
const COLORS = { colors: true };
const CLEAR_SCREEN = '\u001b[1;1H\u001b[0J';
const MOST_TABLE_KEYS = 2;

function ignore() {}

/** What a console remembers besides its visible properties. */
class State {
  constructor(colorMode, inspectOptions, groupWidth) {
    this.colorMode = colorMode;
    /** Options for all streams, or a map of those for each. */
    this.inspectOptions = inspectOptions;
    this.groupWidth = groupWidth;
    this.indentation = '';
    this.counts = new Map();
  }
}

function inspectOptionsFor(console, stream) {
  const { colorMode, inspectOptions } = console[kState];
  let color = colorMode;
  if (color === 'auto') color = require('internal/util/colors').shouldColorize(stream);
  const options =
    inspectOptions !== undefined && inspectOptions instanceof Map ? inspectOptions.get(stream) : inspectOptions;
  if (options !== undefined) return options.colors === undefined ? { ...options, colors: color } : options;
  return color ? COLORS : undefined;
}

function textOf(console, stream, args) {
  // Most lines are one string.
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  return formatAll(inspectOptionsFor(console, stream), args);
}

/** Writes a line; errors of the stream are nobody's business, as the console may be used to report them. */
function writeLine(console, stream, text, onError) {
  const { indentation } = console[kState];
  if (indentation !== '') {
    text = indentation + (text.includes('\n') ? text.replaceAll('\n', `\n${indentation}`) : text);
  }
  text += '\n';
  if (console._ignoreErrors === false) {
    stream.write(text);
    return;
  }
  const isWatched = stream.listenerCount('error') > 0;
  if (!isWatched) stream.once('error', ignore);
  try {
    stream.write(text, onError);
  } catch (error) {
    // Running out of stack is the script's own problem.
    if (require('internal/errors').isStackOverflowError(error)) throw error;
  } finally {
    if (!isWatched) stream.removeListener('error', ignore);
  }
}

function print(console, args) {
  const stream = console._stdout;
  writeLine(console, stream, textOf(console, stream, args), console._stdoutErrorHandler);
}

function printError(console, args) {
  const stream = console._stderr;
  writeLine(console, stream, textOf(console, stream, args), console._stderrErrorHandler);
}

/** The methods, in the order in which a console has them. */
const methods = {
  log(...args) {
    if (observed.module !== null) publish('console.log', args);
    print(this, args);
  },

  info(...args) {
    if (observed.module !== null) publish('console.info', args);
    print(this, args);
  },

  debug(...args) {
    if (observed.module !== null) publish('console.debug', args);
    print(this, args);
  },

  warn(...args) {
    if (observed.module !== null) publish('console.warn', args);
    printError(this, args);
  },

  error(...args) {
    if (observed.module !== null) publish('console.error', args);
    printError(this, args);
  },

  dir(object, options) {
    const { inspect } = require('internal/util/inspect');
    const stream = this._stdout;
    const text = inspect(object, { customInspect: false, ...inspectOptionsFor(this, stream), ...options });
    writeLine(this, stream, text, this._stdoutErrorHandler);
  },

  time(label = 'default') {
    require('internal/console/time').startTimer(this._times, `${label}`);
  },

  timeEnd(label = 'default') {
    label = `${label}`;
    const time = require('internal/console/time').readTimer(this._times, label, 'timeEnd');
    if (time === undefined) return;
    this._times.delete(label);
    print(this, [`${label}: ${time}`]);
  },

  timeLog(label = 'default', ...data) {
    label = `${label}`;
    const time = require('internal/console/time').readTimer(this._times, label, 'timeLog');
    if (time !== undefined) print(this, ['%s: %s', label, time, ...data]);
  },

  trace: function trace(...args) {
    const error = { name: 'Trace', message: textOf(this, this._stderr, args.length === 0 ? [''] : args) };
    Error.captureStackTrace(error, trace);
    this.error(error.stack);
  },

  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },

  clear() {
    // Only a terminal that can move its cursor can be cleared.
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') this._stdout.write(CLEAR_SCREEN);
  },

  count(label = 'default') {
    label = `${label}`;
    const { counts } = this[kState];
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    if (!this[kState].counts.delete(`${label}`)) process.emitWarning(`Count for '${label}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    const state = this[kState];
    state.indentation += ' '.repeat(state.groupWidth);
  },

  groupEnd() {
    const state = this[kState];
    state.indentation = state.indentation.slice(0, state.indentation.length - state.groupWidth);
  },

  table(tabularData, properties) {
    if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
    if (tabularData === null || typeof tabularData !== 'object') {
      this.log(tabularData);
      return;
    }
    const { inspect } = require('internal/util/inspect');
    const streamOptions = inspectOptionsFor(this, this._stdout);
    const show = (value) => {
      const isLarge =
        value !== null &&
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.keys(value).length > MOST_TABLE_KEYS;
      return inspect(value, { depth: isLarge ? -1 : 0, maxArrayLength: 3, breakLength: Infinity, ...streamOptions });
    };
    this.log(require('internal/console/table').table(tabularData, properties, show));
  },
};

module.exports = { State, kState, methods };

'use strict';

// `console.Console`: a console on given streams (https://nodejs.org/api/console.html#class-console).

const { State, kState, methods } = require('internal/console/methods');
const { codes } = require('internal/errors');
const validators = require('internal/validators');

const { defineProperty } = Object;
const MOST_INDENTATION = 1000;
const COLOR_MODES = ['auto', true, false];

// Names that stand for another method.
const ALIASES = { dirxml: 'log', groupCollapsed: 'group' };

/** The names of all methods, in order. */
const methodNames = [...Object.keys(methods), ...Object.keys(ALIASES)];

function hide(object, key, value) {
  defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function ignore() {}

/** What a stream calls after a write: an error of it must not end the program. */
function errorHandler(getStream) {
  return (error) => {
    if (error === null || error === undefined) return;
    const stream = getStream();
    if (!stream._writableState?.errorEmitted && stream.listenerCount('error') === 0) stream.once('error', ignore);
  };
}

/** A method that works without its console. */
function bound(console, name, method) {
  const function_ = method.bind(console);
  defineProperty(function_, 'name', { __proto__: null, value: name, configurable: true });
  return function_;
}

/** Gives a console what it needs besides its streams. */
function addState(console, ignoreErrors, state) {
  hide(console, '_stdoutErrorHandler', errorHandler(() => console._stdout));
  hide(console, '_stderrErrorHandler', errorHandler(() => console._stderr));
  hide(console, '_ignoreErrors', Boolean(ignoreErrors));
  hide(console, '_times', new Map());
  hide(console, kState, state);
  const tag = { __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true };
  defineProperty(console, Symbol.toStringTag, tag);
}

function checkStream(stream, name) {
  if (!stream || typeof stream.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM(name);
}

function checkOptions({ colorMode, inspectOptions, groupIndentation }) {
  if (groupIndentation !== undefined) {
    validators.validateInteger(groupIndentation, 'groupIndentation', 0, MOST_INDENTATION);
  }
  if (inspectOptions !== undefined) {
    validators.validateObject(inspectOptions, 'options.inspectOptions');
    const each = inspectOptions instanceof Map ? inspectOptions.values() : [inspectOptions];
    for (const options of each) {
      if (options?.colors !== undefined && colorMode !== 'auto') {
        throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
      }
    }
  }
}

/** A console that writes to `stdout` and `stderr`: `Console(options)` or `Console(stdout, stderr, ignoreErrors)`. */
function Console(options) {
  if (new.target === undefined) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions } = options;
  checkStream(stdout, 'stdout');
  checkStream(stderr, 'stderr');
  validators.validateOneOf(colorMode, 'colorMode', COLOR_MODES);
  checkOptions({ colorMode, inspectOptions, groupIndentation: options.groupIndentation });

  for (const name of methodNames) this[name] = bound(this, name, this[name]);
  hide(this, '_stdout', stdout);
  hide(this, '_stderr', stderr);
  addState(this, ignoreErrors, new State(colorMode, inspectOptions, options.groupIndentation ?? 2));
}

for (const name of Object.keys(methods)) Console.prototype[name] = methods[name];
for (const [name, other] of Object.entries(ALIASES)) Console.prototype[name] = methods[other];

// The global console is a console, too, though it was not made by this class.
defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value: {
    [Symbol.hasInstance](instance) {
      return instance[kState] !== undefined;
    },
  }[Symbol.hasInstance],
});

module.exports = { Console, addState, bound, methodNames };

'use strict';

// The end of a run (https://nodejs.org/api/process.html#event-beforeexit, #event-exit).

const { runAtExit } = require('internal/at_exit');
const { running } = require('internal/async_ids');
const { emitOwn } = require('internal/process_events');
const { validateInteger } = require('internal/validators');

let exitCode;

/** What `process.exitCode` becomes: undefined, or an integer of 32 bits, which can be given as text. */
function toCode(value) {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value !== '' ? Number(value) : NaN;
  const code = Number.isNaN(number) ? value : number;
  validateInteger(code, 'code');
  return code | 0;
}

/** The accessor `process.exitCode`. */
const exitCodeDescriptor = {
  configurable: false,
  enumerable: true,
  get: () => exitCode,
  set: (value) => {
    exitCode = toCode(value);
  },
};

/** The code the program ends with. */
function currentCode() {
  return exitCode ?? 0;
}

/** The engine calls this when nothing is left to wait for. */
function beforeExit() {
  running.hooks?.reportEnded();
  emitOwn('beforeExit', [currentCode()], true);
}

/** Tells those who want to know of the end. */
function tellExit() {
  try {
    emitOwn('exit', [currentCode()], true);
  } catch (error) {
    // With a listener of 'uncaughtException' it is told of it, and the program ends as it would have.
    if (!require('internal/uncaught').uncaught(error, false, '')) throw error;
  }
}

/** The engine calls this at the very end. Returns the exit code. */
function exit(defaultCode) {
  if (!process._exiting) {
    process._exiting = true;
    if (exitCode === undefined && defaultCode !== 0) exitCode = defaultCode;
    if (process.listenerCount('uncaughtException') > 0) tellExit();
    else emitOwn('exit', [currentCode()], true);
  }
  runAtExit();
  return currentCode();
}

/** `process.exit`. */
function processExit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    emitOwn('exit', [currentCode()], false);
  }
  runAtExit();
  process.reallyExit(currentCode());
}

/** `process.reallyExit`: ends without asking anyone. */
function reallyExit(code) {
  ops.process_exit(code | 0);
  // The engine ends the script at the next place where V8 looks for interruptions.
  for (;;);
}

Object.defineProperty(processExit, 'name', { value: 'exit', configurable: true });

module.exports = { beforeExit, exit, exitCodeDescriptor, processExit, reallyExit };

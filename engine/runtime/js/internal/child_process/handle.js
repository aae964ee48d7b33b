'use strict';

// A child process of the host's.

const { newAsyncId, running } = require('internal/async_ids');

const IGNORE = -1;
const PIPE = -2;
const ESRCH = -3;

/** The arguments of the ops that start a child. */
function toArguments(options) {
  const descriptors = options.stdio.map((entry) => {
    if (entry.type === 'pipe' || entry.type === 'overlapped') return PIPE;
    return entry.type === 'ignore' ? IGNORE : entry.fd;
  });
  return [
    options.file, options.args, options.envPairs ?? null, options.cwd || null, Boolean(options.detached),
    options.uid ?? -1, options.gid ?? -1, descriptors,
  ];
}

class Process {
  #op = 0;
  #refd = true;
  #asyncId = newAsyncId();
  pid = undefined;
  /** Called with exit code and name of the signal. */
  onexit = undefined;

  constructor() {
    running.hooks?.init(this.#asyncId, 'PROCESSWRAP', running.execution, this);
  }

  /** For `async_hooks`: it has a number of its own from the beginning. */
  get isAsyncHandle() {
    return true;
  }

  getAsyncId() {
    return this.#asyncId;
  }

  /**
   * Starts the child; returns 0 or the number of the error. The handles of `options.stdio` get our ends of its pipes;
   * where the host made a pipe of an output that is inherited, `passed` is its handle.
   */
  spawn(options) {
    const started = ops.child_spawn(...toArguments(options));
    if (typeof started === 'number') return started;
    this.pid = started[0];
    options.stdio.forEach((entry, index) => {
      const fd = started[index + 1];
      if (fd === -1) return;
      if (!entry.handle) entry.passed = new (require('internal/net/handle').Pipe)();
      (entry.handle ?? entry.passed).open(fd);
    });
    running.hooks?.announce(this);
    this.#op = ops.child_exit(this.pid, options.args.join(' '), (error, result) => {
      this.#op = 0;
      const [code, signal] = error === null ? result : [error.errno, 0];
      this.onexit(code, signal === 0 ? '' : signalName(signal));
    });
    if (!this.#refd) ops.op_refd(this.#op, false);
    return 0;
  }

  kill(signal) {
    if (this.#op === 0) return ESRCH;
    try {
      ops.process_kill(this.pid, signal);
      return 0;
    } catch (error) {
      return error.errno;
    }
  }

  ref() {
    this.#refd = true;
    if (this.#op !== 0) ops.op_refd(this.#op, true);
  }

  unref() {
    this.#refd = false;
    if (this.#op !== 0) ops.op_refd(this.#op, false);
  }

  hasRef() {
    return this.#refd && this.#op !== 0;
  }

  close() {
    running.hooks?.destroy(this.#asyncId);
  }
}

function signalName(number) {
  const { signals } = require('internal/os/constants');
  for (const name of Object.keys(signals)) {
    if (signals[name] === number) return name;
  }
  return '';
}

module.exports = { Process, signalName, toArguments };

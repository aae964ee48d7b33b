'use strict';

// Which thread this is.

const info = ops.worker_info();

/** Memory limits as `resourceLimits` shows them, from the numbers that the engine has. */
function toLimits([young, old, code, stack]) {
  return {
    maxYoungGenerationSizeMb: young,
    maxOldGenerationSizeMb: old,
    codeRangeSizeMb: code,
    stackSizeMb: stack,
  };
}

module.exports = {
  isMainThread: info === undefined,
  threadId: info?.[0] ?? 0,
  threadName: info?.[1] ?? '',
  /** Number of the port to the built-in modules of the thread that started this one. */
  portNumber: info?.[2],
  resourceLimits: info === undefined ? {} : toLimits(info[3]),
  toLimits,
};

'use strict';

// Indices of the numbers shared with the engine (`ops.flags`, `ops.times`), and the numbers of task kinds.
// The engine holds the same tables.

module.exports = {
  // ops.flags
  TICKS: 0,
  REJECTIONS: 1,
  TRACING: 2,
  IMMEDIATES: 3,
  REFD_IMMEDIATES: 4,
  ASYNC_CONTEXT: 5,
  DRAIN_SOON: 6,
  ASYNC_HOOKS: 7,
  LISTENERS: 8,
  ASYNC_STACKS: 9,
  // ops.times
  NEXT_TIMER: 0,
  LAST_ASYNC_ID: 1,
  EXECUTION_ID: 2,
  TRIGGER_ID: 3,
  // kinds of tasks
  TASK_TIMEOUT: 0,
  TASK_INTERVAL: 1,
  TASK_IMMEDIATE: 2,
  TASK_NEXT_TICK: 3,
  TASK_MICROTASK: 4,
};

'use strict';

// Reports to the trace, as cheaply as can be: optimized code calls the `direct_` ops without leaving JavaScript as V8 sees
// it, and these do nothing where more is to be done than to add an event.

// Called as methods of an object whose shape never changes, V8 knows them when it optimizes.
const direct = {
  queued: ops.direct_task_queued,
  started: ops.direct_task_started,
  ended: ops.direct_task_ended,
};

/** A callback waits in the queue of its kind. Returns its task, 0 for none. */
function taskQueued(kind, callback) {
  const task = direct.queued(kind, callback);
  return task === 0 ? ops.task_queued(kind, callback) : task;
}

/** The task's callback is about to be called. */
function taskStarted(task) {
  if (!direct.started(task)) ops.task_started(task);
}

/** The task's callback returned or threw. */
function taskEnded(task, threw) {
  if (!direct.ended(task, threw)) ops.task_ended(task, threw);
}

module.exports = { taskQueued, taskStarted, taskEnded };

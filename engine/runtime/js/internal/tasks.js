'use strict';

// Reports to the trace, as cheaply as can be: optimized code calls the `direct_` ops without leaving JavaScript as V8 sees
// it, and these do nothing where more is to be done than to add an event.

// Called as methods of an object whose shape never changes, V8 knows them when it optimizes.
const direct = {
  drainEntered: ops.direct_drain_entered,
  drainLeft: ops.direct_drain_left,
  armed: ops.direct_task_armed,
  cancelled: ops.direct_task_cancelled,
  refd: ops.direct_task_refd,
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

/** Next ticks are about to run. */
function drainEntered() {
  if (!direct.drainEntered()) ops.drain_entered();
}

/** No next tick is left, or one of them threw. */
function drainLeft() {
  if (!direct.drainLeft()) ops.drain_left();
}

/** A timer waits until a loop time in milliseconds. */
function taskArmed(task, due) {
  if (!direct.armed(task, due)) ops.task_armed(task, due);
}

/** The task will not run (again). */
function taskCancelled(task) {
  if (!direct.cancelled(task)) ops.task_cancelled(task);
}

/** The task keeps the loop alive, or no longer. */
function taskRefd(task, isRefd) {
  if (!direct.refd(task, isRefd)) ops.task_refd(task, isRefd);
}

module.exports = {
  drainEntered,
  drainLeft,
  taskArmed,
  taskCancelled,
  taskEnded,
  taskQueued,
  taskRefd,
  taskStarted,
};

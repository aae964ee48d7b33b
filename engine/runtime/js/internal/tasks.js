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
  requestAnswered: ops.direct_request_answered,
  requestClosed: ops.direct_request_closed,
  requestOpened: ops.direct_request_opened,
  follows: ops.direct_task_follows,
  started: ops.direct_task_started,
  ended: ops.direct_task_ended,
  timer: ops.direct_task_timer,
};

/** Owners of timers that the runtime starts for itself, by module and name: the numbers of their places. */
const owners = new Map();

function placeOf(owner) {
  if (owner === undefined) return 0;
  let place = owners.get(owner);
  if (place === undefined) {
    place = ops.task_owner(owner);
    owners.set(owner, place);
  }
  return place;
}

/** A callback waits in the queue of its kind. Returns its task, 0 for none. */
function taskQueued(kind, callback) {
  const task = direct.queued(kind, callback);
  return task === 0 ? ops.task_queued(kind, callback) : task;
}

/**
 * A timer waits until a loop time in milliseconds. Returns its task. The owner is undefined for the script's own, otherwise a
 * module and a name in it.
 */
function timerStarted(kind, callback, owner, isRefd, due) {
  const how = kind | (isRefd ? 16 : 0) | (placeOf(owner) << 5);
  const task = direct.timer(how, callback, due);
  return task === 0 ? ops.task_timer(how, callback, due) : task;
}

/** A request began, to a port of a host or to this server: see `internal/http/trace`. Returns its handle. */
function requestOpened(port, method, host, path) {
  const handle = direct.requestOpened(port, method, host, path);
  return handle === 0 ? ops.trace_request_opened(port, method, host, path) : handle;
}

/** The head of the answer to a request is there. */
function requestAnswered(handle, status) {
  if (!direct.requestAnswered(handle, status)) ops.trace_request_answered(handle, status);
}

/** Request and answer are over. */
function requestClosed(handle) {
  if (!direct.requestClosed(handle)) ops.trace_request_closed(handle);
}

/** The callback of a task of this kind is about to be called. */
function taskStarted(task, kind) {
  if (!direct.started(task, kind)) ops.task_started(task, kind);
}

/** The callback of one task has returned, and that of another one of this kind is about to be called. */
function taskFollows(before, task, kind) {
  if (!direct.follows(before, task, kind)) ops.task_follows(before, task, kind);
}

/** The task's callback returned or threw. */
function taskEnded(task, threw) {
  if (!direct.ended(task, threw)) ops.task_ended(task, threw);
}

/** Next ticks are about to run. */
function drainEntered() {
  if (!direct.drainEntered()) ops.drain_entered();
}

/** No next tick is left, or one of them threw. The task, if it is not 0, has returned just now. */
function drainLeft(last) {
  if (!direct.drainLeft(last)) ops.drain_left(last);
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
  requestAnswered,
  requestClosed,
  requestOpened,
  taskArmed,
  taskCancelled,
  taskEnded,
  taskFollows,
  taskQueued,
  taskRefd,
  taskStarted,
  timerStarted,
};

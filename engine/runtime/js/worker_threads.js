'use strict';

// The module `worker_threads` (https://nodejs.org/api/worker_threads.html).

const { MessageChannel, MessagePort, receiveMessageOnPort } = require('internal/messaging/port');
const { BroadcastChannel } = require('internal/messaging/broadcast');
const { isMainThread, resourceLimits, threadId, threadName } = require('internal/worker/thread');
const { getEnvironmentData, setEnvironmentData } = require('internal/worker/environment');
const { SHARE_ENV, Worker } = require('internal/worker/worker');
const marks = require('internal/clone_marks');

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function markAsUncloneable(object) {
  if (isObject(object)) marks.markUncloneable(object);
}

function markAsUntransferable(object) {
  if (isObject(object)) marks.markUntransferable(object);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && ops.clone_mark_get(object) === marks.UNTRANSFERABLE;
}

function moveMessagePortToContext(port, contextifiedSandbox) {
  return require('internal/messaging/move').moveMessagePortToContext(port, contextifiedSandbox);
}

async function postMessageToThread(threadId, value, transferList, timeout) {
  await require('internal/worker/thread_messages').post(threadId, value, transferList, timeout);
}

module.exports = {
  isInternalThread: false,
  isMainThread,
  MessagePort,
  MessageChannel,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  receiveMessageOnPort,
  resourceLimits,
  postMessageToThread,
  threadId,
  threadName,
  SHARE_ENV,
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
  get locks() {
    return require('internal/navigator/locks').locks;
  },
};

if (!isMainThread) {
  const { parentPort, workerData } = require('internal/worker/main');
  module.exports.parentPort = parentPort;
  module.exports.workerData = workerData;
}

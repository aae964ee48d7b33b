'use strict';

// What the process measures of itself (https://nodejs.org/api/process.html): time, memory, processor use.

const { codes } = require('internal/errors');
const { REFD_IMMEDIATES } = require('internal/flags');
const { validateArray, validateObject, validateNumber } = require('internal/validators');

const NANOS_PER_SECOND = 1_000_000_000;

/** `process.hrtime`: [seconds, nanoseconds], since `previous` when it is given. */
function hrtime(previous) {
  const now = ops.time_now_ns();
  const seconds = Number(now / 1_000_000_000n);
  const nanos = Number(now % 1_000_000_000n);
  if (previous === undefined) return [seconds, nanos];
  validateArray(previous, 'time');
  if (previous.length !== 2) throw new codes.ERR_OUT_OF_RANGE('time', 2, previous.length);
  const difference = [seconds - previous[0], nanos - previous[1]];
  if (difference[1] < 0) {
    difference[0] -= 1;
    difference[1] += NANOS_PER_SECOND;
  }
  return difference;
}

hrtime.bigint = function bigint() {
  return ops.time_now_ns();
};

/** `process.memoryUsage`, in bytes. */
function memoryUsage() {
  const [heapTotal, heapUsed, external, arrayBuffers] = ops.heap_usage();
  return { rss: ops.process_rss(), heapTotal, heapUsed, external, arrayBuffers };
}

memoryUsage.rss = function rss() {
  return ops.process_rss();
};

function checkPrevious(previous, field) {
  validateNumber(previous[field], `prevValue.${field}`);
  if (previous[field] < 0 || previous[field] > Number.MAX_SAFE_INTEGER) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${field}`, previous[field]);
  }
}

/** `process.cpuUsage`, in microseconds. */
function cpuUsage(previous) {
  const [user, system] = ops.process_cpu_usage();
  if (previous === undefined || previous === null) return { user, system };
  validateObject(previous, 'prevValue');
  checkPrevious(previous, 'user');
  checkPrevious(previous, 'system');
  return { user: user - previous.user, system: system - previous.system };
}

const RESOURCE_FIELDS = ['userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize',
  'unsharedStackSize', 'minorPageFault', 'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent',
  'ipcReceived', 'signalsCount', 'voluntaryContextSwitches', 'involuntaryContextSwitches'];

/** `process.resourceUsage`. */
function resourceUsage() {
  const values = ops.process_resource_usage();
  const usage = {};
  RESOURCE_FIELDS.forEach((field, index) => {
    usage[field] = values[index];
  });
  return usage;
}

/** `process.uptime`, in seconds. */
function uptime() {
  return ops.process_uptime();
}

/** `process.availableMemory`, in bytes. */
function availableMemory() {
  return ops.memory_limits()[0];
}

/** `process.constrainedMemory`, in bytes. */
function constrainedMemory() {
  return ops.memory_limits()[1];
}

/** `process.getActiveResourcesInfo`: a name for each thing that keeps the loop alive. */
function getActiveResourcesInfo() {
  const immediates = new Array(ops.flags[REFD_IMMEDIATES]).fill('Immediate');
  return [...ops.active_resources(), ...require('internal/timers').activeResources(), ...immediates];
}

module.exports = {
  availableMemory, constrainedMemory, cpuUsage, getActiveResourcesInfo, hrtime, memoryUsage, resourceUsage, uptime,
};

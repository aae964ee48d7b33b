'use strict';

// `v8.startCpuProfile` and `v8.startHeapProfile` (https://nodejs.org/api/v8.html#v8startcpuprofileoptions).

const { codes } = require('internal/errors');
const { validateBoolean, validateInteger, validateNumber, validateObject, validateUint32 } = require('internal/validators');

const MICROS_PER_MILLI = 1000;
const MOST = 2 ** 31 - 1;

/** Microseconds between samples, or undefined for what is usual. */
function toInterval(options) {
  validateObject(options, 'options');
  const { sampleInterval, maxBufferSize } = options;
  if (sampleInterval !== undefined) validateNumber(sampleInterval, 'options.sampleInterval', 0, MOST / MICROS_PER_MILLI);
  if (maxBufferSize !== undefined) validateUint32(maxBufferSize, 'options.maxBufferSize', true);
  return sampleInterval > 0 ? Math.max(1, Math.round(sampleInterval * MICROS_PER_MILLI)) : undefined;
}

const truths = {
  forceGC: undefined,
  includeObjectsCollectedByMajorGC: 'includeObjectsCollectedByMajorGC',
  includeObjectsCollectedByMinorGC: 'includeObjectsCollectedByMinorGC',
};

/** Parameters of `HeapProfiler.startSampling`. */
function toSampling(options) {
  validateObject(options, 'options');
  const { sampleInterval = 512 * 1024, stackDepth = 16 } = options;
  validateInteger(sampleInterval, 'options.sampleInterval', 1);
  validateInteger(stackDepth, 'options.stackDepth', 0, MOST);
  const sampling = { samplingInterval: sampleInterval, stackDepth };
  for (const [name, parameter] of Object.entries(truths)) {
    const value = options[name];
    if (value === undefined) continue;
    validateBoolean(value, `options.${name}`);
    if (parameter !== undefined) sampling[parameter] = value;
  }
  return sampling;
}

function startCpuProfile(options = {}) {
  const { SyncCPUProfileHandle } = require('internal/profiling');
  return new SyncCPUProfileHandle(toInterval(options));
}

let isSampling = false;

function startHeapProfile(options = {}) {
  const sampling = toSampling(options);
  if (isSampling) throw new codes.ERR_HEAP_PROFILE_HAVE_BEEN_STARTED();
  isSampling = true;
  const { SyncHeapProfileHandle } = require('internal/profiling');
  return new SyncHeapProfileHandle(sampling, () => {
    isSampling = false;
  });
}

module.exports = { startCpuProfile, startHeapProfile, toInterval, toSampling };

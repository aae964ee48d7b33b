'use strict';

// The module `v8` (https://nodejs.org/api/v8.html): the engine's heap, its flags, and values as bytes.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { Serializer, Deserializer, DefaultSerializer, DefaultDeserializer } = require('internal/v8/serializer');

const heapFields = [
  'total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size', 'used_heap_size',
  'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage', 'number_of_native_contexts',
  'number_of_detached_contexts', 'total_global_handles_size', 'used_global_handles_size', 'external_memory',
  'total_allocated_bytes',
];
const codeFields = [
  'code_and_metadata_size', 'bytecode_and_metadata_size', 'external_script_source_size', 'cpu_profiler_metadata_size',
];

const named = (fields, values) => Object.fromEntries(fields.map((field, index) => [field, values[index]]));

/** Changes when cached code of another version, or made with other flags, cannot be used. */
function cachedDataVersionTag() {
  return ops.heap_version_tag();
}

/** How much memory the heap takes, in bytes. */
function getHeapStatistics() {
  return named(heapFields, ops.heap_statistics());
}

/** The same for each of its spaces. */
function getHeapSpaceStatistics() {
  return ops.heap_spaces().map(([name, size, used, available, physical]) => ({
    space_name: name,
    space_size: size,
    space_used_size: used,
    space_available_size: available,
    physical_space_size: physical,
  }));
}

/** How much of it is code. */
function getHeapCodeStatistics() {
  return named(codeFields, ops.heap_code_statistics());
}

/** Sets flags of V8 as its command line would, at one's own risk. */
function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  ops.heap_flags_set(flags);
}

/** The value as bytes. */
function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/** The value that the bytes stand for. */
function deserialize(buffer) {
  if (!ArrayBuffer.isView(buffer)) {
    const error = new TypeError('buffer must be a TypedArray or a DataView');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

/** Whether V8 keeps the string with one byte for a character. */
function isStringOneByteRepresentation(content) {
  if (typeof content !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('content', 'string', content);
  return ops.heap_is_one_byte(content);
}

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot(options) {
    return require('internal/v8/heap').getHeapSnapshot(options);
  },
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics(type = undefined) {
    return require('internal/v8/heap').getCppHeapStatistics(type);
  },
  setFlagsFromString,
  writeHeapSnapshot(filename, options) {
    return require('internal/v8/heap').writeHeapSnapshot(filename, options);
  },
  setHeapSnapshotNearHeapLimit(limit) {
    return require('internal/v8/heap').setHeapSnapshotNearHeapLimit(limit);
  },
  queryObjects(constructor, options = undefined) {
    return require('internal/v8/query_objects').queryObjects(constructor, options);
  },
  startCpuProfile(options) {
    return require('internal/v8/profiles').startCpuProfile(options);
  },
  startHeapProfile(options) {
    return require('internal/v8/profiles').startHeapProfile(options);
  },
  takeCoverage() {
    require('internal/profiling').takeCoverage();
  },
  stopCoverage() {
    require('internal/profiling').stopCoverage();
  },
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  serialize,
  isStringOneByteRepresentation,
};

for (const [name, get] of Object.entries({
  promiseHooks: () => require('internal/v8/promise_hooks'),
  startupSnapshot: () => require('internal/v8/startup_snapshot'),
  GCProfiler: () => require('internal/v8/gc_profiler').GCProfiler,
})) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, get });
}

'use strict';

// `v8.GCProfiler` (https://nodejs.org/api/v8.html#class-v8gcprofiler).

const heapFields = [
  'totalHeapSize', 'totalHeapSizeExecutable', 'totalPhysicalSize', 'totalAvailableSize', 'totalGlobalHandlesSize',
  'usedGlobalHandlesSize', 'usedHeapSize', 'heapSizeLimit', 'mallocedMemory', 'externalMemory', 'peakMallocedMemory',
];
const spaceFields = ['spaceSize', 'spaceUsedSize', 'spaceAvailableSize', 'physicalSpaceSize'];

const kinds = {
  1: 'Scavenge', 2: 'MinorMarkSweep', 4: 'MarkSweepCompact', 8: 'IncrementalMarking', 16: 'ProcessWeakCallbacks',
};

const named = (fields, values) => Object.fromEntries(fields.map((field, index) => [field, values[index]]));

function toHeap([numbers, spaces]) {
  const heapSpaceStatistics = [];
  for (let index = 0; index < spaces.length; index += 2) {
    heapSpaceStatistics.push({ spaceName: spaces[index], ...named(spaceFields, spaces[index + 1]) });
  }
  return { heapStatistics: named(heapFields, numbers), heapSpaceStatistics };
}

class GCProfiler {
  #startTime;

  start() {
    if (this.#startTime !== undefined) return;
    this.#startTime = Date.now();
    ops.gc_profile(true);
  }

  stop() {
    if (this.#startTime === undefined) return undefined;
    const startTime = this.#startTime;
    this.#startTime = undefined;
    const statistics = (ops.gc_profile(false) ?? []).map(([kind, cost, before, after]) => ({
      gcType: kinds[kind] ?? 'Unknown', beforeGC: toHeap(before ?? after), cost, afterGC: toHeap(after),
    }));
    return { version: 1, startTime, statistics, endTime: Date.now() };
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

module.exports = { GCProfiler };

'use strict';

// Profiles and coverage by V8's inspector: the options `--cpu-prof` and `--heap-prof`, the variable NODE_V8_COVERAGE
// (https://nodejs.org/api/cli.html), and the functions of the module `v8` that do the same.

const { atExit } = require('internal/at_exit');

/** A conversation with the inspector in which every answer comes at once. */
class Inspector {
  #session;

  constructor() {
    const { Session } = require('inspector');
    this.#session = new Session();
    this.#session.connect();
  }

  ask(method, params) {
    let answer;
    this.#session.post(method, params, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  }

  end() {
    this.#session.disconnect();
  }
}

class SyncCPUProfileHandle {
  #inspector = new Inspector();

  constructor(interval = undefined) {
    this.#inspector.ask('Profiler.enable');
    if (interval !== undefined) this.#inspector.ask('Profiler.setSamplingInterval', { interval });
    this.#inspector.ask('Profiler.start');
  }

  /** Ends the profile; returns it as JSON. */
  stop() {
    if (this.#inspector === undefined) return undefined;
    const { profile } = this.#inspector.ask('Profiler.stop');
    this.#inspector.end();
    this.#inspector = undefined;
    return JSON.stringify(profile);
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

class SyncHeapProfileHandle {
  #inspector = new Inspector();
  #ended;

  constructor(options, ended = undefined) {
    this.#ended = ended;
    this.#inspector.ask('HeapProfiler.enable');
    this.#inspector.ask('HeapProfiler.startSampling', options);
  }

  /** Ends the profile; returns it as JSON. */
  stop() {
    if (this.#inspector === undefined) return undefined;
    const { profile } = this.#inspector.ask('HeapProfiler.stopSampling');
    this.#inspector.end();
    this.#inspector = undefined;
    this.#ended?.();
    return JSON.stringify(profile);
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

/** Counts of what ran, collected until they are taken. */
class Coverage {
  #inspector = new Inspector();

  constructor() {
    this.#inspector.ask('Profiler.enable');
    this.#inspector.ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** What ran since the last time: scripts with their functions and ranges. */
  take() {
    return this.#inspector.ask('Profiler.takePreciseCoverage');
  }

  stop() {
    this.#inspector.ask('Profiler.stopPreciseCoverage');
    this.#inspector.ask('Profiler.disable');
    this.#inspector.end();
  }
}

/** Writes into a folder that may have to be made. */
function write(folder, name, text) {
  const fs = require('fs');
  const path = require('path');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

const DEFAULT_HEAP_INTERVAL = 512 * 1024;

/** Files of profiles can have a number, process and thread in their names. */
function nameOf(pattern, kind, extension) {
  if (pattern === undefined) return require('internal/v8/heap').defaultName(kind, extension);
  return pattern.replaceAll('${pid}', process.pid);
}

function startProfile(prefix, kind, extension, begin) {
  const { isOn, valueOf } = require('internal/options');
  if (!isOn(prefix)) return;
  const handle = begin(valueOf(`${prefix}-interval`));
  const folder = valueOf(`${prefix}-dir`) ?? valueOf('--diagnostic-dir') ?? process.cwd();
  atExit(() => {
    const name = nameOf(valueOf(`${prefix}-name`), kind, extension);
    const profile = handle.stop();
    try {
      write(folder, name, profile);
    } catch (error) {
      ops.stdio_write(2, `${process.execPath}: Failed to write the profile: ${error.message}\n`);
    }
  });
}

let coverage;
let coverageFolder;
let coverageFiles = 0;

/** Begins to collect what NODE_V8_COVERAGE asks for. */
function startCoverage(folder) {
  coverageFolder = require('path').resolve(folder);
  // Children that change their folder write to the same place.
  process.env.NODE_V8_COVERAGE = coverageFolder;
  coverage = new Coverage();
  require('internal/source_map_cache').noteAll();
  atExit(writeCoverage);
}

function writeCoverage() {
  if (coverage === undefined) return;
  const { result, timestamp } = coverage.take();
  const scripts = result.filter(({ url }) => url.startsWith('file:'));
  const shown = { result: scripts, timestamp };
  const maps = require('internal/source_map_cache').collect();
  if (Object.keys(maps).length > 0) shown['source-map-cache'] = maps;
  const { threadId } = require('internal/worker/thread');
  const name = `coverage-${process.pid}-${Date.now()}-${threadId + coverageFiles++}.json`;
  try {
    write(coverageFolder, name, JSON.stringify(shown));
  } catch (error) {
    ops.stdio_write(2, `Failed to write the coverage report: ${error.message}\n`);
  }
}

/** `v8.takeCoverage`: writes what was collected so far and begins anew. */
function takeCoverage() {
  writeCoverage();
}

/** `v8.stopCoverage`. */
function stopCoverage() {
  coverage?.stop();
  coverage = undefined;
}

/** Begins what options and variables ask for. */
function start() {
  startProfile('--cpu-prof', 'CPU', 'cpuprofile', (interval) =>
    new SyncCPUProfileHandle(interval === undefined ? undefined : Number(interval)));
  startProfile('--heap-prof', 'Heap', 'heapprofile', (interval = DEFAULT_HEAP_INTERVAL) =>
    new SyncHeapProfileHandle({ samplingInterval: Number(interval) }));
  const { valueOf } = require('internal/options');
  const count = Number(valueOf('--heapsnapshot-near-heap-limit'));
  if (count > 0) require('internal/v8/heap').setHeapSnapshotNearHeapLimit(count);
  const signal = valueOf('--heapsnapshot-signal');
  if (signal !== undefined) process.on(signal, () => require('internal/v8/heap').writeHeapSnapshot());
  const { NODE_V8_COVERAGE: folder } = process.env;
  if (folder) startCoverage(folder);
}

module.exports = { Coverage, Inspector, SyncCPUProfileHandle, SyncHeapProfileHandle, start, startCoverage, stopCoverage, takeCoverage };

'use strict';

// Diagnostic reports (https://nodejs.org/api/report.html): what is known of the process, as JSON.

const { codes } = require('internal/errors');
const { isOn, valueOf } = require('internal/options');
const { validateBoolean, validateObject, validateString } = require('internal/validators');

const REPORT_VERSION = 5;
const MICROS = 1e6;
const PERCENT = 100;

const settings = {
  directory: valueOf('--report-dir') ?? valueOf('--report-directory') ?? valueOf('--diagnostic-dir') ?? '',
  filename: valueOf('--report-filename') ?? '',
  compact: isOn('--report-compact'),
  excludeNetwork: isOn('--report-exclude-network'),
  signal: valueOf('--report-signal') ?? 'SIGUSR2',
  reportOnFatalError: isOn('--report-on-fatalerror'),
  reportOnSignal: isOn('--report-on-signal'),
  reportOnUncaughtException: isOn('--report-uncaught-exception'),
  excludeEnv: isOn('--report-exclude-env'),
};

let written = 0;

/** Heads that are shown of the values of an error's properties. */
function propertiesOf(error) {
  const properties = {};
  for (const key of Object.keys(error)) {
    try {
      properties[key] = `${error[key]}`;
    } catch {
      // What cannot be shown as text is left out.
    }
  }
  return properties;
}

function stackOf(error) {
  if (typeof error.stack !== 'string') return { message: 'No stack.', stack: ['Unavailable.'], errorProperties: propertiesOf(error) };
  const lines = error.stack.split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const end = first === -1 ? lines.length : first;
  return {
    message: lines.slice(0, end).join('\n'),
    stack: lines.slice(end).map((line) => line.trim()),
    errorProperties: propertiesOf(error),
  };
}

function header(event, trigger, filename) {
  const os = require('os');
  const now = new Date();
  const [, release] = [os.type(), os.release()];
  const shown = {
    reportVersion: REPORT_VERSION,
    event,
    trigger,
    filename,
    dumpEventTime: `${now.toISOString().slice(0, 19)}Z`,
    dumpEventTimeStamp: String(now.getTime()),
    processId: process.pid,
    threadId: require('internal/worker/thread').threadId,
    cwd: process.cwd(),
    commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    nodejsVersion: process.version,
  };
  if (process.platform === 'linux') {
    shown.glibcVersionRuntime = ops.process_library_version();
    shown.glibcVersionCompiler = shown.glibcVersionRuntime;
  }
  Object.assign(shown, {
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: os.type(),
    osRelease: release,
    osVersion: os.version(),
    osMachine: os.machine(),
    cpus: os.cpus().map(({ model, speed, times: { user, nice, sys, idle, irq } }) => (
      { model, speed, user, nice, sys, idle, irq })),
  });
  if (!settings.excludeNetwork) {
    shown.networkInterfaces = Object.entries(os.networkInterfaces()).flatMap(([name, list]) =>
      list.map(({ internal, mac, address, netmask, family, scopeid }) => (
        { name, internal, mac, address, netmask, family, ...(scopeid === undefined ? {} : { scopeid }) })));
  }
  shown.host = os.hostname();
  return shown;
}

function heap() {
  const v8 = require('v8');
  const all = v8.getHeapStatistics();
  const heapSpaces = {};
  for (const space of v8.getHeapSpaceStatistics()) {
    heapSpaces[space.space_name] = {
      memorySize: space.space_size,
      committedMemory: space.physical_space_size,
      capacity: space.space_used_size + space.space_available_size,
      used: space.space_used_size,
      available: space.space_available_size,
    };
  }
  return {
    totalMemory: all.total_heap_size,
    executableMemory: all.total_heap_size_executable,
    totalCommittedMemory: all.total_physical_size,
    availableMemory: all.total_available_size,
    totalGlobalHandlesMemory: all.total_global_handles_size,
    usedGlobalHandlesMemory: all.used_global_handles_size,
    usedMemory: all.used_heap_size,
    memoryLimit: all.heap_size_limit,
    mallocedMemory: all.malloced_memory,
    externalMemory: all.external_memory,
    peakMallocedMemory: all.peak_malloced_memory,
    nativeContextCount: all.number_of_native_contexts,
    detachedContextCount: all.number_of_detached_contexts,
    doesZapGarbage: all.does_zap_garbage,
    heapSpaces,
  };
}

function processorUse(user, kernel) {
  const seconds = Math.max(process.uptime(), 1);
  return {
    userCpuSeconds: user / MICROS,
    kernelCpuSeconds: kernel / MICROS,
    cpuConsumptionPercent: (user + kernel) / MICROS / seconds * PERCENT,
    userCpuConsumptionPercent: user / MICROS / seconds * PERCENT,
    kernelCpuConsumptionPercent: kernel / MICROS / seconds * PERCENT,
  };
}

function resources() {
  const os = require('os');
  const usage = process.resourceUsage();
  return {
    free_memory: os.freemem(),
    total_memory: os.totalmem(),
    rss: process.memoryUsage.rss(),
    constrained_memory: process.constrainedMemory(),
    available_memory: process.availableMemory(),
    ...processorUse(usage.userCPUTime, usage.systemCPUTime),
    maxRss: usage.maxRSS * 1024,
    pageFaults: { IORequired: usage.majorPageFault, IONotRequired: usage.minorPageFault },
    fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
  };
}

/** What libuv would call a resource that keeps the loop alive. */
const HANDLES = [
  [/^Timeout/, 'timer'], [/^TCP/, 'tcp'], [/^Pipe/, 'pipe'], [/^UDP/, 'udp'], [/^TTY/, 'tty'], [/^Process/, 'process'],
  [/^FSEvent/, 'fs_event'], [/^Stat/, 'fs_poll'], [/^Signal/, 'signal'], [/^MessagePort|^Worker/, 'async'],
];

function handles() {
  const loop = { type: 'loop', is_active: true, loopIdleTimeSeconds: require('perf_hooks').performance.nodeTiming.idleTime / 1000 };
  const found = [];
  for (const name of process.getActiveResourcesInfo()) {
    const [, type] = HANDLES.find(([pattern]) => pattern.test(name)) ?? [];
    if (type !== undefined) found.push({ type, is_active: true, is_referenced: true });
  }
  return [...found, loop];
}

function limits() {
  const shown = (value) => value ?? 'unlimited';
  return Object.fromEntries(ops.process_limits().map(([name, soft, hard]) => [name, { soft: shown(soft), hard: shown(hard) }]));
}

function make(event, trigger, filename, error) {
  const usage = process.resourceUsage();
  const report = {
    header: header(event, trigger, filename),
    javascriptStack: stackOf(error),
    javascriptHeap: heap(),
    nativeStack: [],
    resourceUsage: resources(),
    uvthreadResourceUsage: {
      ...processorUse(usage.userCPUTime, usage.systemCPUTime),
      fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
    },
    libuv: handles(),
    workers: [],
  };
  if (!settings.excludeEnv) report.environmentVariables = { ...process.env };
  report.userLimits = limits();
  report.sharedObjects = ops.process_shared_objects();
  return report;
}

/** An error that stands for the place where a report was asked for. */
function synthetic() {
  const error = new Error('JavaScript Callstack');
  Error.captureStackTrace(error, synthetic);
  error.stack = error.stack.replace(/^Error:/, 'Error [ERR_SYNTHETIC]:');
  error.code = 'ERR_SYNTHETIC';
  return error;
}

function defaultName() {
  const [year, ...parts] = ops.process_local_time();
  const [month, day, hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, '0'));
  const { threadId } = require('internal/worker/thread');
  const number = String(++written).padStart(3, '0');
  return `report.${year}${month}${day}.${hours}${minutes}${seconds}.${process.pid}.${threadId}.${number}.json`;
}

/** Writes a report; returns the file's name. */
function write(event, trigger, file, error) {
  const filename = file || settings.filename || defaultName();
  const text = () => {
    const report = make(event, trigger, filename, error);
    return `${settings.compact ? JSON.stringify(report) : JSON.stringify(report, undefined, 2)}\n`;
  };
  if (filename === 'stdout' || filename === 'stderr') {
    ops.stdio_write(filename === 'stdout' ? 1 : 2, text());
    return filename;
  }
  const path = require('path');
  const target = settings.directory === '' ? filename : path.join(settings.directory, filename);
  try {
    require('fs').writeFileSync(target, text());
  } catch (failed) {
    ops.stdio_write(2, `\nFailed to open Node.js report file: ${filename}` +
      `${settings.directory === '' ? '' : ` directory: ${settings.directory}`} (errno: ${-failed.errno})\n`);
    return '';
  }
  ops.stdio_write(2, `\nWriting Node.js report to file: ${filename}\nNode.js report completed\n`);
  return filename;
}

function checkError(error) {
  validateObject(error, 'err');
}

function writeReport(file, error) {
  if (typeof file === 'object' && file !== null) {
    error = file;
    file = undefined;
  } else if (file !== undefined) {
    validateString(file, 'file');
  }
  if (error === undefined) error = synthetic();
  else checkError(error);
  return write('JavaScript API', 'API', file, error);
}

function getReport(error) {
  if (error === undefined) error = synthetic();
  else checkError(error);
  return make('JavaScript API', 'GetReport', null, error);
}

/** Follows `reportOnSignal` and `signal`. */
let watched;
function watchSignal() {
  if (watched !== undefined) ops.op_cancel(watched);
  watched = undefined;
  if (!settings.reportOnSignal || !require('internal/worker/thread').isMainThread) return;
  const { signals } = require('internal/os/constants');
  watched = ops.signal_watch(signals[settings.signal], () => {
    write(settings.signal, 'Signal', undefined, synthetic());
  });
  ops.op_refd(watched, false);
}

/** An exception ends the program. */
function onUncaught(error) {
  if (!settings.reportOnUncaughtException) return;
  const isObject = error !== null && typeof error === 'object';
  write('Exception', 'Exception', undefined, isObject ? error : { stack: `Uncaught ${String(error)}` });
}

/** Follows the options `--report-…`. */
function start() {
  watchSignal();
}

function accessor(name, check, after) {
  return {
    configurable: true,
    enumerable: true,
    get: () => settings[name],
    set(value) {
      check(value);
      settings[name] = value;
      after?.();
    },
  };
}

const text = (name) => (value) => validateString(value, name);
const truth = (name) => (value) => validateBoolean(value, name);

const report = Object.defineProperties({ writeReport, getReport }, {
  directory: accessor('directory', text('directory')),
  filename: accessor('filename', text('filename')),
  compact: accessor('compact', truth('compact')),
  excludeNetwork: accessor('excludeNetwork', truth('excludeNetwork')),
  signal: accessor('signal', (value) => {
    validateString(value, 'signal');
    const { signals } = require('internal/os/constants');
    if (Object.hasOwn(signals, value)) return;
    if (Object.hasOwn(signals, value.toUpperCase())) {
      throw new codes.ERR_UNKNOWN_SIGNAL(`${value} (signals must use all capital letters)`);
    }
    throw new codes.ERR_UNKNOWN_SIGNAL(value);
  }, watchSignal),
  reportOnFatalError: accessor('reportOnFatalError', truth('trigger')),
  reportOnSignal: accessor('reportOnSignal', truth('trigger'), watchSignal),
  reportOnUncaughtException: accessor('reportOnUncaughtException', truth('trigger')),
  excludeEnv: accessor('excludeEnv', truth('excludeEnv')),
});

module.exports = { onUncaught, report, start };

'use strict';

// The timeline of marks, measures and resources (https://w3c.github.io/user-timing/, https://w3c.github.io/resource-timing/).

const { codes } = require('internal/errors');
const { PerformanceMark, PerformanceMeasure, kName, kSkipThrow, kStartTime, nodeMoments } =
  require('internal/perf/entry');
const observer = require('internal/perf/observer');

const RESOURCES_KEPT = 250;

/** Entries by type, in the order in which they were made. */
const kept = { mark: [], measure: [], resource: [] };
/** The latest mark of each name. */
const latest = new Map();
let resourcesKept = RESOURCES_KEPT;

observer.setBuffer((type) => kept[type] ?? []);

/** `performance.mark`. */
function mark(name, options) {
  const entry = new PerformanceMark(name, options);
  kept.mark.push(entry);
  latest.set(entry[kName], entry);
  observer.enqueue(entry);
  return entry;
}

/** The time that a name or number of `measure` stands for. */
function toTime(value) {
  if (typeof value === 'number') {
    if (value < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(value);
    return value;
  }
  const name = `${value}`;
  if (nodeMoments.has(name)) return require('internal/perf/node_timing').nodeTiming[name];
  const found = latest.get(name);
  if (found === undefined) {
    const { DOMException } = require('internal/dom_exception');
    throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  }
  return found[kStartTime];
}

function checkOptions({ start, end, duration, detail }, endMark) {
  const isEmpty = start === undefined && end === undefined && duration === undefined && detail === undefined;
  if (!isEmpty && endMark !== undefined) {
    throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
  }
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
      'Must not have options.start, options.end, and options.duration specified');
  }
}

/** `performance.measure`. */
function measure(name, startOrOptions, endMark) {
  name = `${name}`;
  const isOptions = typeof startOrOptions === 'object' && startOrOptions !== null;
  const { start, end, duration, detail } = isOptions ? startOrOptions : {};
  if (isOptions) checkOptions(startOrOptions, endMark);
  let to;
  if (endMark !== undefined) to = toTime(endMark);
  else if (end !== undefined) to = toTime(end);
  else if (start !== undefined && duration !== undefined) to = toTime(start) + toTime(duration);
  else to = ops.performance_now();
  let from = 0;
  if (typeof startOrOptions === 'string') from = toTime(startOrOptions);
  else if (start !== undefined) from = toTime(start);
  else if (end !== undefined && duration !== undefined) from = to - toTime(duration);
  const entry = new PerformanceMeasure(kSkipThrow, name, from, to - from, detail);
  kept.measure.push(entry);
  observer.enqueue(entry);
  return entry;
}

/** Entries of resources for which there was no room, while that is to be told. */
let waiting;

/** There is no room for more: a listener can make some, else what waits is lost. */
function tellFull() {
  const { performance } = require('internal/perf/performance');
  while (waiting.length > 0) {
    const before = waiting.length;
    if (kept.resource.length >= resourcesKept) {
      const { Event } = require('internal/event');
      performance.dispatchEvent(new Event('resourcetimingbufferfull'));
    }
    while (waiting.length > 0 && kept.resource.length < resourcesKept) kept.resource.push(waiting.shift());
    if (waiting.length >= before) break;
  }
  waiting = undefined;
}

/** Keeps the entry of a resource that was fetched. */
function addResource(entry) {
  if (waiting === undefined && kept.resource.length < resourcesKept) {
    kept.resource.push(entry);
  } else if (waiting === undefined) {
    waiting = [entry];
    require('timers').setImmediate(tellFull);
  } else {
    waiting.push(entry);
  }
  observer.enqueue(entry);
}

/** How many entries of resources are kept. */
function setResourcesKept(count) {
  resourcesKept = count;
}

/** Forgets the entries of a type, or those of them with a name. */
function clear(type, name) {
  if (name !== undefined) name = `${name}`;
  kept[type] = name === undefined ? [] : kept[type].filter((entry) => entry[kName] !== name);
  if (type !== 'mark') return;
  if (name === undefined) latest.clear();
  else latest.delete(name);
}

/** The entries that fit, in the order of their times. */
function entries(type, name) {
  const all = type === undefined ? [...kept.mark, ...kept.measure, ...kept.resource] : kept[type] ?? [];
  return all.filter((entry) => name === undefined || entry[kName] === name)
    .sort((a, b) => a[kStartTime] - b[kStartTime]);
}

module.exports = { addResource, clear, entries, mark, measure, setResourcesKept };

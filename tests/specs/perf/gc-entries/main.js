'use strict';
// A garbage collection makes an entry that observers are told of.
require('v8').setFlagsFromString('--expose-gc');
const gc = require('vm').runInNewContext('gc');
const { PerformanceObserver } = require('perf_hooks');

const observer = new PerformanceObserver((list) => {
  const entry = list.getEntries()[0];
  console.log(entry.name, entry.entryType, entry.detail, entry.duration > 0, entry.startTime > 0, entry.constructor.name);
  observer.disconnect();
  clearTimeout(timer);
});
observer.observe({ entryTypes: ['gc'] });
gc();
const timer = setTimeout(() => console.log('nobody told'), 10000);

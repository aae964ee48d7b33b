// performance, and atob and btoa.
const { performance: p, PerformanceObserver } = require('perf_hooks');
console.log(p === performance, typeof p.now(), p.now() <= p.now(), p.timeOrigin > 1.6e12, typeof p.toJSON().timeOrigin);
const mark = p.mark('a', { detail: { x: 1 } });
console.log(mark.name, mark.entryType, mark.duration, mark.detail, p.getEntriesByName('a').length, p.getEntries().map((e) => e.name));
const measure = p.measure('m', 'a');
console.log(measure.entryType, measure.duration >= 0, measure.startTime === mark.startTime, p.getEntriesByType('measure').length);
p.clearMarks();
p.clearMeasures();
console.log(p.getEntries().length);
try { p.measure('x', 'missing'); } catch (e) { console.log(e.name, e.message); }
console.log(p.timerify((a, b) => a + b)(1, 2), typeof p.eventLoopUtilization().utilization, p.mark('b', { startTime: 5 }).startTime, p.measure('c', { start: 1, end: 3 }).duration);
new PerformanceObserver((list, observer) => {
  console.log(list.getEntries().map((e) => `${e.entryType} ${e.name}`));
  observer.disconnect();
}).observe({ entryTypes: ['mark', 'measure'] });
p.mark('observed');
p.measure('observed too');
console.log(btoa('\xff'), atob(' Y W I = '), btoa(null), atob('YQ'));

// Marks, measures and observers: options and errors.
const { performance: p, PerformanceObserver, PerformanceEntry, PerformanceMeasure, Performance, PerformanceObserverEntryList } = require('perf_hooks');
const attempt = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const mark = p.mark('a', { detail: { x: 1 }, startTime: 5 });
attempt(() => mark);
attempt(() => mark.toJSON());
for (const args of [[], ['a', { startTime: -1 }], ['a', { startTime: 'x' }], ['a', 5], ['nodeStart'], [Symbol()]]) attempt(() => p.mark(...args));
attempt(() => [p.mark('q', { startTime: 1 }).detail, p.mark(5, { startTime: 1 }).name]);
attempt(() => new PerformanceMark('z', { startTime: 2 }));
for (const Class of [PerformanceEntry, PerformanceMeasure, Performance, PerformanceObserver, PerformanceObserverEntryList]) attempt(() => new Class());
attempt(() => { const m = p.measure('m', 'a'); return [m.entryType, m.startTime, m.detail, m.name]; });
attempt(() => p.measure('m2', { start: 1, duration: 4, detail: 7 }));
for (const args of [
  ['m3', { start: 1, duration: 4, end: 6 }], ['m5', 'none'], ['m6', 'a', 'none'], [], ['m8', { start: -1 }], ['x', { start: 1, end: 2 }, 'a'],
]) attempt(() => p.measure(...args));
attempt(() => [p.measure('m7', { start: 'a', end: 7 }).duration, p.measure('x2', 'a', 9).duration, p.measure('x3', { detail: 5, end: 8 }).startTime]);
attempt(() => [p.getEntriesByName('a').length, p.getEntriesByName('a', 'mark').length, p.getEntriesByType('x')]);
attempt(() => p.getEntriesByName());
attempt(() => p.getEntriesByType());
attempt(() => [p.clearMarks('a'), p.getEntries().map((e) => e.name)]);
p.clearMarks();
p.clearMeasures();
attempt(() => [Object.keys(p.toJSON()), Object.keys(p.nodeTiming), p.eventLoopUtilization()]);
attempt(() => p.now.call({}));
const timed = p.timerify(function add(a, b) { return a + b; });
attempt(() => [timed, timed.name, timed.length, timed(1, 2)]);
attempt(() => p.timerify(5));
attempt(() => p.timerify(() => {}, { histogram: 5 }));
attempt(() => new (p.timerify(class Q { constructor(a) { this.a = a; } }))(5));
const observer = new PerformanceObserver((list, self) => {
  console.log(list, self === observer);
  console.log(list.getEntriesByName('w').length, list.getEntriesByType('mark').length, list.getEntriesByName('w', 'measure').length);
});
attempt(() => observer);
for (const options of [undefined, {}, { entryTypes: ['mark'], type: 'x' }, { entryTypes: 5 }]) attempt(() => observer.observe(options));
attempt(() => observer.observe({ type: 'mark' }));
attempt(() => observer.observe({ entryTypes: ['mark'] }));
p.mark('w', { startTime: 1 });
attempt(() => observer.takeRecords().length);
p.mark('w', { startTime: 3 });
const functions = new PerformanceObserver((list) => console.log(list.getEntries().map((e) => [e.entryType, e.name, e.detail])));
functions.observe({ entryTypes: ['function'] });
timed(1, 2);
attempt(() => [PerformanceObserver.supportedEntryTypes, Object.isFrozen(PerformanceObserver.supportedEntryTypes)]);

'use strict';
// Snapshots of the heap, profiles of garbage collections, and what is checked of their arguments.
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'snapshots-'));
process.chdir(folder);
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

const show = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.code, error.message);
  }
};

class Marked {}
globalThis.kept = new Marked();
const name = v8.writeHeapSnapshot();
console.log(name.replaceAll(/\d/g, '0').replace(/\.0+\.0\./, '.PID.0.'));
const snapshot = JSON.parse(fs.readFileSync(name));
console.log(Object.keys(snapshot), snapshot.strings.includes('Marked'));
show(() => v8.writeHeapSnapshot('x.heapsnapshot'));
for (const value of [1, {}, null, '/no/such/folder/x']) show(() => v8.writeHeapSnapshot(value));
for (const value of [1, { exposeInternals: 1 }, null, { exposeNumericValues: '' }]) {
  show(() => v8.writeHeapSnapshot('x', value));
  show(() => v8.getHeapSnapshot(value));
}
for (const value of [undefined, -1, 0, '1', 1.5]) show(() => v8.setHeapSnapshotNearHeapLimit(value));

const stream = v8.getHeapSnapshot();
console.log(stream.constructor.name, stream.readableObjectMode);
let text = '';
stream.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
  console.log(Object.keys(JSON.parse(text)));
});

console.log(v8.startupSnapshot, v8.startupSnapshot.isBuildingSnapshot());
for (const method of ['addSerializeCallback', 'addDeserializeCallback', 'setDeserializeMainFunction']) {
  show(() => v8.startupSnapshot[method](() => {}));
}

const profiler = new v8.GCProfiler();
console.log(profiler, profiler.start(), profiler.start());
for (let i = 0; i < 3e5; i++) new Array(100);
const { version, statistics, ...rest } = profiler.stop();
console.log(version, Object.keys(rest), statistics.length > 0, statistics[0].gcType);
console.log(Object.keys(statistics[0]), statistics[0].cost > 0, Object.keys(statistics[0].beforeGC));
console.log(Object.keys(statistics[0].afterGC.heapStatistics), Object.keys(statistics[0].afterGC.heapSpaceStatistics[0]));
console.log(profiler.stop(), new v8.GCProfiler().stop());

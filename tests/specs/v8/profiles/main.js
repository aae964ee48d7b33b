'use strict';
// Profiles that a script makes of itself: arguments, handles, what they hold.
const v8 = require('v8');

const attempt = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.code, error.message);
  }
};
for (const options of [1, null, { sampleInterval: 1 }, { sampleInterval: 'x' }, { maxBufferSize: -1 }, { sampleInterval: -1 },
  { maxBufferSize: 'a' }]) {
  attempt(() => typeof v8.startCpuProfile(options).stop());
}
for (const options of [1, null, { sampleInterval: 1 }, { sampleInterval: 'x' }, { sampleInterval: -1 }, { stackDepth: 'x' },
  { stackDepth: -1 }, { forceGC: 1 }, { includeObjectsCollectedByMajorGC: 1 }, { includeObjectsCollectedByMinorGC: '1' }]) {
  attempt(() => typeof v8.startHeapProfile(options).stop());
}
function busy() {
  let sum = 0;
  for (let i = 0; i < 3e7; i++) sum += Math.sqrt(i);
  return sum;
}
const cpu = v8.startCpuProfile();
busy();
const profile = JSON.parse(cpu.stop());
console.log(cpu, Object.keys(profile), profile.nodes.some(({ callFrame }) => callFrame.functionName === 'busy'), cpu.stop());
const heap = v8.startHeapProfile();
attempt(() => v8.startHeapProfile());
console.log(heap, Object.keys(JSON.parse(heap.stop())).sort(), heap.stop());

class Counted {}
globalThis.kept = [new Counted(), new Counted()];
console.log(v8.queryObjects(Counted), v8.queryObjects(Counted, { format: 'summary' }));
attempt(() => v8.queryObjects(1));
attempt(() => v8.queryObjects(Counted, { format: 'x' }));

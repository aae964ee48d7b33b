// What scripts cannot assign to, and what they can.
'use strict';
for (const name of ['arch', 'platform', 'pid', 'version', 'versions', 'release', 'config', 'title', 'argv', 'execPath', 'exitCode']) {
  const { writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(process, name);
  console.log(name, writable, configurable, enumerable);
}
try {
  process.platform = 'plan9';
} catch (error) {
  console.log(error.name);
}
Object.defineProperty(process, 'platform', { value: 'plan9' });
console.log(process.platform, process.emitWarning.length, process.kill.length, process.exit.name, process.nextTick.length);
console.log(process.finalization !== undefined, process.sourceMapsEnabled, process.setSourceMapsEnabled(true), process.sourceMapsEnabled);
const flags = process.allowedNodeEnvironmentFlags;
console.log(flags instanceof Set, flags.has('--stack_trace-limit'), flags.has('require'), flags.has('-r'), flags.has('--nothing'), flags.add('x') === flags, flags.delete('-r'), flags.constructor.name);

'use strict';
// Compiled code that is used again.
const vm = require('vm');
const source = 'function f() { return 42 } f()';
const script = new vm.Script(source, { produceCachedData: true });
console.log(script.cachedDataProduced, script.cachedData instanceof Buffer, script.cachedDataRejected);
const again = new vm.Script(source, { cachedData: script.cachedData });
console.log(again.cachedDataRejected, again.runInThisContext());
const other = new vm.Script('1 + 1', { cachedData: script.cachedData });
console.log(other.cachedDataRejected, other.runInThisContext());
console.log(again.createCachedData() instanceof Buffer, again.createCachedData().length > 0);
console.log(new vm.Script(source, { cachedData: new DataView(new ArrayBuffer(8)) }).cachedDataRejected);

'use strict';
// One script in several contexts.
const vm = require('vm');
const script = new vm.Script('count = (typeof count === "number" ? count : 0) + 1', { filename: 'counter.vm' });
const [first, second] = [vm.createContext({ count: 10 }), vm.createContext()];
console.log(script.runInContext(first), script.runInContext(first), script.runInContext(second), first, second);
globalThis.count = 100;
console.log(script.runInThisContext(), globalThis.count, script.runInNewContext({ count: 5 }), script.runInNewContext());
console.log(vm.runInThisContext('typeof require + typeof module + typeof globalThis.process'));
console.log(vm.runInNewContext('a + b', { a: 1, b: 2 }), vm.runInNewContext('1;2;3'), vm.runInNewContext(''));
console.log(script, new vm.Script('1\n//# sourceMappingURL=some.map\n//# sourceURL=own.js'));
console.log(Object.keys(vm), vm.constants);

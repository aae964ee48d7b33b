'use strict';
// Values, errors and stack traces of another context.
const vm = require('vm');
const util = require('util');
const context = vm.createContext({ console });
const values = vm.runInContext('({ map: new Map([[1, { a: [new Date(0)] }]]), error: new TypeError("other"), list: [1, , 3], fn() {}, sym: Symbol("s") })', context);
console.log(util.inspect(values.map), util.inspect(values.list), values.list instanceof Array, Array.isArray(values.list));
console.log(util.types.isNativeError(values.error), values.error instanceof Error, values.error.name, util.types.isMap(values.map));
vm.runInContext('Error.prepareStackTrace = (error, sites) => "prepared in the context: " + error.message + " " + Array.isArray(sites)', context);
console.log(vm.runInContext('new Error("inner").stack', context), new Error('outer').stack.split('\n')[0]);
Error.prepareStackTrace = (error) => `prepared outside: ${error.message}`;
console.log(vm.runInNewContext('new Error("third").stack.split("\\n")[0]'), new Error('outer').stack);
Error.prepareStackTrace = undefined;
console.log(structuredClone(values.map), JSON.stringify(vm.runInContext('({ x: [1] })', context)));
vm.runInContext('Promise.reject(new RangeError("unhandled"))', context);
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.name, reason instanceof RangeError));

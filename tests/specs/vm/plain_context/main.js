'use strict';
// A context with an ordinary global object.
const vm = require('vm');
const global = vm.createContext(vm.constants.DONT_CONTEXTIFY);
console.log(vm.isContext(global), vm.runInContext('globalThis', global) === global);
vm.runInContext('var a = 1; b = 2; let c = 3;', global);
console.log(global.a, global.b, global.c, Object.keys(global), global.Array === Array, typeof global.process);
vm.runInContext('Object.freeze(globalThis)', global);
console.log(Reflect.set(global, 'late', 1));
console.log(global.late, Object.isFrozen(global), vm.runInContext('typeof late', global));
console.log(vm.runInNewContext('this.constructor === Object', vm.constants.DONT_CONTEXTIFY));

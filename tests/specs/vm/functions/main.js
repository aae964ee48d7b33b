'use strict';
// Functions from text.
const vm = require('vm');
const sum = vm.compileFunction('return a + b', ['a', 'b'], { filename: 'sum.js' });
console.log(sum(1, 2), sum.length, sum.name, sum.toString());
console.log(vm.compileFunction('return typeof a + b', [], { contextExtensions: [{ a: 1 }, { b: 'ext' }] })());
const context = vm.createContext({ value: 'inner' });
const inner = vm.compileFunction('return [value, [] instanceof Array]', [], { parsingContext: context });
console.log(inner(), Array.isArray(inner()), inner() instanceof Array);
const cached = vm.compileFunction('return 1', [], { produceCachedData: true });
console.log(cached.cachedDataProduced, cached.cachedData instanceof Buffer);
console.log(vm.compileFunction('return 1', [], { cachedData: cached.cachedData }).cachedDataRejected);
console.log(vm.compileFunction('return arguments.length')(1, 2, 3), vm.compileFunction('return new.target')());

'use strict';
// What `vm` refuses.
const vm = require('vm');
const attempts = [() => vm.createContext(1), () => vm.createContext(null), () => vm.createContext({}, 1), () => vm.createContext({}, { name: 1 }),
  () => vm.createContext({}, { origin: 1 }), () => vm.createContext({}, { codeGeneration: 1 }),
  () => vm.createContext({}, { codeGeneration: { wasm: 1 } }), () => vm.createContext({}, { microtaskMode: 'x' }),
  () => vm.isContext(), () => vm.isContext('x'), () => vm.runInContext('1', {}), () => vm.runInContext('1'), () => new vm.Script('1', 1),
  () => new vm.Script('1', { filename: 1 }), () => new vm.Script('1', { lineOffset: 1.5 }), () => new vm.Script('1', { columnOffset: 'x' }),
  () => new vm.Script('1', { cachedData: [] }), () => new vm.Script('1', { produceCachedData: 1 }), () => vm.Script('1'),
  () => vm.runInThisContext('1', { displayErrors: 1 }), () => vm.runInThisContext('1', { breakOnSigint: 1 }), () => vm.runInThisContext(Symbol()),
  () => vm.compileFunction(), () => vm.compileFunction('', 1), () => vm.compileFunction('', [1]), () => vm.compileFunction('', [], 1),
  () => vm.compileFunction('', [], { parsingContext: {} }), () => vm.compileFunction('', [], { contextExtensions: [1] }),
  () => vm.runInNewContext('1', 1), () => vm.measureMemory({ mode: 'x' }), () => vm.measureMemory({ execution: 'x' })];
for (const attempt of attempts) {
  try {
    console.log('ok', attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

'use strict';
// Contexts in which code cannot be made from text.
const vm = require('vm');
const wasm = 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); "compiled"';
for (const codeGeneration of [undefined, { strings: false }, { wasm: false }]) {
  const context = vm.createContext({}, { codeGeneration });
  for (const code of ['eval("1 + 1")', 'new Function("return 2")()', wasm]) {
    try {
      console.log(vm.runInContext(code, context));
    } catch (error) {
      console.log(error.name, error.message);
    }
  }
}
console.log(eval('1'), vm.runInNewContext('eval("2")', {}, { contextCodeGeneration: { strings: true } }));

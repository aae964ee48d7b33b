'use strict';
// Assignments in strict code.
const vm = require('vm');
const context = vm.createContext({ known: 1 });
for (const code of ['known = 2', 'unknown = 3', 'this.property = 4', 'var declared = 5', 'function made() {}; typeof made', 'delete this.known', 'undefined = 1', 'globalThis.Infinity = 1']) {
  for (const prefix of ['', '"use strict"; ']) {
    try {
      console.log(prefix + code, vm.runInContext(prefix + code, context));
    } catch (error) {
      console.log(prefix + code, error.name, error.message);
    }
  }
}
console.log(context);

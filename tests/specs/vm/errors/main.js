'use strict';
// Stacks of errors in scripts begin with the place.
const vm = require('vm');
const show = (act) => {
  try {
    console.log(act());
  } catch (error) {
    const lines = String(error.stack).split('\n');
    const end = lines.findIndex((line) => line.startsWith('    at '));
    console.log(lines.slice(0, end === -1 ? undefined : end + 1).filter((line) => !line.includes('node:')), error instanceof Error);
  }
};
show(() => vm.runInThisContext('var 1'));
show(() => vm.runInThisContext('\n  throw new Error("here")', { filename: 'place.vm', lineOffset: 4 }));
show(() => vm.runInNewContext('missing'));
show(() => vm.runInNewContext('null.property', {}, 'named.vm'));
show(() => new vm.Script('x(', { filename: 'open.vm' }));
show(() => vm.runInThisContext('throw new Error("plain")', { displayErrors: false, filename: 'plain.vm' }));
show(() => vm.compileFunction('}', [], { filename: 'function.vm' }));
show(() => vm.compileFunction('throw new RangeError("inside")', [], { filename: 'inside.vm', lineOffset: 2 })());
show(() => vm.runInThisContext('throw 5'));

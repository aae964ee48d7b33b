'use strict';
// Scripts that take too long.
const vm = require('vm');
const show = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.code, error.message, error instanceof Error);
  }
};
show(() => vm.runInThisContext('for (;;);', { timeout: 5 }));
show(() => vm.runInNewContext('for (;;);', {}, { timeout: 5 }));
show(() => vm.runInThisContext('1 + 1', { timeout: 1000 }));
show(() => vm.runInNewContext('Promise.resolve().then(() => { for (;;); }); 1', {}, { timeout: 5, microtaskMode: 'afterEvaluate' }));
show(() => vm.runInNewContext('run("for (;;);", { timeout: 5 })', { run: vm.runInThisContext }, { timeout: 5000 }));
show(() => vm.runInNewContext('try { for (;;); } finally { done = true }', {}, { timeout: 5 }));
show(() => vm.runInThisContext('throw new Error("own")', { timeout: 1000 }));
for (const timeout of [0, -1, 1.5, 'x', null]) show(() => vm.runInThisContext('1', { timeout }));
console.log('goes on');

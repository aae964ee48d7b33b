'use strict';
// `import()` in scripts.
const vm = require('vm');
const show = (promise) => promise.then((module) => typeof module.readFileSync, (error) => `${error.name} ${error.code} ${error.message}`);
(async () => {
  console.log(await show(vm.runInThisContext('import("node:fs")')));
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  console.log(await show(vm.runInThisContext('import("node:fs")', { importModuleDynamically })));
  console.log(await show(new vm.Script('import("fs")', { importModuleDynamically }).runInNewContext()));
  console.log(await show(vm.compileFunction('return import("fs")', [], { importModuleDynamically })()));
  console.log(await show(vm.runInThisContext('import("x")', { importModuleDynamically: () => {} })));
  try {
    new vm.Script('', { importModuleDynamically: 'x' });
  } catch (error) {
    console.log(error.code, error.message);
  }
})();

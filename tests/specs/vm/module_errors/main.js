'use strict';
// Modules that fail, and what cannot be done with them.
const vm = require('vm');
const log = console.log;
const show = async (act) => {
  try {
    log('ok', await act());
  } catch (error) {
    log(error.name, error.code, error.message);
  }
};
(async () => {
  const make = (text) => new vm.SourceTextModule(text);
  await show(() => new vm.Module());
  await show(() => make());
  await show(() => make('export'));
  await show(() => make('').evaluate());
  await show(() => make('').namespace);
  await show(() => make('').error);
  await show(() => make('').link());
  await show(() => make('import "x"').link(() => ({})));
  await show(() => make('import "x"').link(() => new vm.SourceTextModule('', { context: vm.createContext() })));
  await show(() => make('import { missing } from "x"').link(() => make('')));
  await show(() => make('import "x"').instantiate());
  await show(() => make('import "x"').linkRequests([]));
  const failing = make('throw new RangeError("in the module")');
  await failing.link(() => {});
  await show(() => failing.evaluate());
  log(failing.status, failing.error.name);
  await show(() => failing.evaluate());
  await show(() => make('import "x"').link(() => failing));
  const endless = make('for (;;);');
  await endless.link(() => {});
  await show(() => endless.evaluate({ timeout: 5 }));
  await show(() => new vm.SyntheticModule(['a', 'a'], () => {}));
  await show(() => new vm.SyntheticModule(['a']));
  const synthetic = new vm.SyntheticModule(['a'], () => {});
  await show(() => synthetic.setExport('b', 1));
  await show(() => synthetic.setExport(1));
  await show(() => synthetic.evaluate());
  log(synthetic.status, synthetic.namespace);
  const cached = make('export const a = 1').createCachedData();
  log(cached instanceof Buffer, new vm.SourceTextModule('export const a = 1', { cachedData: cached }).status);
})();

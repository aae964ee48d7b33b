'use strict';
// Modules whose making the script has in its own hands.
const vm = require('vm');
const log = console.log;
(async () => {
  const context = vm.createContext({ log });
  const values = new vm.SyntheticModule(['default', 'named'], function() {
    this.setExport('default', 1);
    this.setExport('named', 2);
  }, { context, identifier: 'values' });
  const root = new vm.SourceTextModule(`
    import first, { named } from 'values';
    import * as inner from 'inner' with { kind: 'test' };
    export const sum = first + named + inner.three;
    export { inner };
    log(import.meta.note, typeof this);
    export const later = await import('values');
  `, {
    context,
    initializeImportMeta: (meta, module) => { meta.note = module.identifier; },
    importModuleDynamically: (specifier, module) => {
      log('dynamic', specifier, module === root);
      return values;
    },
  });
  log(root, root.moduleRequests, root.dependencySpecifiers, values.status);
  const inner = new vm.SourceTextModule('export const three = 3', { context });
  await root.link((specifier, module, { attributes }) => {
    log('link', specifier, module === root, attributes);
    return specifier === 'values' ? values : inner;
  });
  log(root.status, inner.status, root.hasTopLevelAwait(), inner.hasTopLevelAwait(), root.hasAsyncGraph());
  log(await root.evaluate(), root.status, root.namespace.sum, root.namespace.later === values.namespace);
  log(Object.keys(root.namespace), root.namespace.inner);
  const plain = new vm.SourceTextModule('globalThis.fromModule = import.meta; export default 1');
  plain.linkRequests([]);
  plain.instantiate();
  await plain.evaluate();
  log(plain.identifier, plain.context, plain.namespace, Object.keys(globalThis.fromModule));
})();

'use strict';
const { registerHooks } = require('module');
const first = registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('virtual:')) return { url: specifier, format: 'commonjs', shortCircuit: true };
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url.startsWith('virtual:')) return { source: `exports.url = '${url}'`, format: 'commonjs', shortCircuit: true };
    const loaded = next(url, context);
    return url.endsWith('.mjs') ? { ...loaded, source: String(loaded.source).replace('one', 'two') } : loaded;
  },
});
const second = registerHooks({
  resolve(specifier, context, next) {
    return next(specifier === 'alias' ? './value.mjs' : specifier);
  },
});
console.log(require('virtual:a').url);
import('alias').then((namespace) => {
  console.log(namespace.value);
  first.deregister();
  second.deregister();
  try {
    require('virtual:b');
  } catch (error) {
    console.log(error.code);
  }
  registerHooks({ resolve: () => ({ url: 'virtual:c' }) });
  try {
    require('c');
  } catch (error) {
    console.log(error.code, error.message);
  }
});

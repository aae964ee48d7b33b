'use strict';

// `process.binding` (deprecated, https://nodejs.org/api/deprecations.html#dep0111-processbinding): what old packages ask
// of Node.js's insides and public modules can answer. Other names are unknown, as they are to Node.js for most of them.

const bindings = {
  __proto__: null,
  config: () => ({
    isDebugBuild: false, openSSLIsBoringSSL: false, hasOpenSSL: true, fipsMode: false, hasIntl: true, hasTracing: false,
    hasNodeOptions: true, hasInspector: true, noBrowserGlobals: false, bits: 64,
    getDefaultLocale: () => Intl.DateTimeFormat().resolvedOptions().locale,
  }),
  constants() {
    const { dlopen, errno, priority, signals } = require('internal/os/constants');
    return {
      __proto__: null,
      os: { __proto__: null, UV_UDP_REUSEADDR: 4, dlopen, errno, signals, priority },
      fs: require('fs').constants,
      crypto: require('internal/crypto/constants'),
      zlib: require('zlib').constants,
    };
  },
  natives: () => Object.fromEntries(require('internal/modules/builtin').builtinModules.map((id) => [id, ''])),
  util() {
    const types = require('util/types');
    const names = ['isArrayBuffer', 'isAsyncFunction', 'isDate', 'isExternal', 'isMap', 'isMapIterator', 'isNativeError',
      'isPromise', 'isRegExp', 'isSet', 'isSetIterator', 'isAnyArrayBuffer', 'isArrayBufferView', 'isDataView',
      'isTypedArray', 'isUint8Array'];
    return Object.fromEntries(names.map((name) => [name, types[name]]));
  },
  uv() {
    const map = require('internal/errno').systemErrorMap();
    const errname = (number) => map.get(number)?.[0] ?? `Unknown system error ${number}`;
    const getErrorMap = () => map;
    const getErrorMessage = (number) => map.get(number)?.[1] ?? `Unknown system error ${number}`;
    const numbers = [...map].map(([number, [name]]) => [`UV_${name}`, number]);
    return { errname, ...Object.fromEntries(numbers), getErrorMap, getErrorMessage };
  },
};

const made = { __proto__: null };

function binding(name) {
  if (require('internal/options').tellsPendingDeprecations() && !made.isTold) {
    made.isTold = true;
    process.emitWarning('process.binding() is deprecated. Please use public APIs instead.', 'DeprecationWarning', 'DEP0111');
  }
  const key = `${name}`;
  if (!(key in bindings)) {
    throw new Error(`No such module: ${key}`);
  }
  return (made[`:${key}`] ??= bindings[key]());
}

module.exports = { binding };

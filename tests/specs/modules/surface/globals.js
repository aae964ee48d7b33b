'use strict';

// What the globals offer: names, kinds and numbers of parameters, as Node.js prints them. Exceptions are named below, with
// their reasons; where only a number of parameters differs, it is left out.

/** Not there (the beginning of a name), and why. */
const absent = [
  // Marks for other parts of Node.js.
  'ReadableStream.prototype.[nodejs.webstream',
  'WritableStream.prototype.[nodejs.webstream',
  'WebSocket.prototype.[nodejs.',
  'Request.prototype.attribute',
  // Keys that are agreed on by encapsulation; `crypto.encapsulate` has them.
  'SubtleCrypto.prototype.decapsulate',
  'SubtleCrypto.prototype.encapsulate',
];

/** There in this runtime only: parts of how it works that Node.js keeps elsewhere. */
const own = new Set([
]);

/** Functions that declare another number of parameters: those of Node.js are often native and declare none. */
const otherLength = new Set([
  'CryptoKey', 'MessagePort.prototype.[nodejs.util.inspect.custom]', 'MessagePort.prototype.postMessage', 'Storage',
]);

/** Classes whose parents Node.js does not show, or shows others. */
const otherParent = new Set([
  'WebAssembly.Module',
]);

const { describe, say, isLeftOut, keyName, seen, print } = require('./surface')({ absent, own, otherLength, otherParent });

const language = /^(Object|Function|Array|Number|parseFloat|parseInt|Boolean|String|Symbol|Date|Promise|RegExp|\w*Error|JSON|Math|Intl|ArrayBuffer|Atomics|\w+Array|DataView|Map|BigInt|Set|Iterator|WeakMap|WeakSet|WeakRef|Proxy|Reflect|FinalizationRegistry|\w+codeURI(Component)?|escape|unescape|eval|isFinite|isNaN|SharedArrayBuffer|Temporal|\w*DisposableStack)$/;
seen.set(process, 'process');
for (const key of Reflect.ownKeys(globalThis)) {
  if (key === 'QuotaExceededError' || (!language.test(keyName(key)) && !isLeftOut(keyName(key)))) {
    const { get, set, writable, enumerable, configurable } = Reflect.getOwnPropertyDescriptor(globalThis, key);
    const flags = { get: Boolean(get), set: Boolean(set), writable, enumerable, configurable };
    describe(keyName(key), globalThis[key], 1);
    say(keyName(key), `flags ${Object.keys(flags).filter((flag) => flags[flag]).join(' ')}`);
  }
}
print();

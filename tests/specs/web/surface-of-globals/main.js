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

const lines = [];
const seen = new Map([[Object.prototype, 'Object.prototype'], [Function.prototype, 'Function.prototype'], [globalThis, 'globalThis']]);
const isLeftOut = (name) => absent.some((start) => name.startsWith(start)) || own.has(name);

function say(name, text) {
  if (!isLeftOut(name)) lines.push(`${name} ${text}`);
}

function keyName(key) {
  return typeof key === 'symbol' ? `[${key.description}]` : key;
}

function members(path, value, depth) {
  if (seen.has(value)) {
    if (!path.endsWith('.prototype')) say(path, `= ${seen.get(value)}`);
    return;
  }
  seen.set(value, path);
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'string' ? /^(_|constructor$|\d+$)/.test(key) : !/^(Symbol\.|nodejs\.)/.test(key.description ?? '')) continue;
    if (typeof value === 'function' && /^(length|name|prototype|arguments|caller)$/.test(keyName(key))) continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    const name = `${path}.${keyName(key)}`;
    if (isLeftOut(name) || name === 'process.env') continue;
    if (!('value' in descriptor) && !(depth <= 1 && !path.includes('.') && path !== 'process')) say(name, 'accessor');
    else describe(name, value[key], depth);
  }
}

function describe(name, value, depth) {
  if (typeof value === 'function') {
    const parent = value.prototype && Object.getPrototypeOf(value.prototype);
    const extended = parent && parent !== Object.prototype && !otherParent.has(name) ? ` extends ${parent.constructor.name}` : '';
    say(name, `function${otherLength.has(name) ? '' : ` ${value.length}`}${extended}`);
    members(name, value, depth + 1);
    if (value.prototype !== null && typeof value.prototype === 'object') members(`${name}.prototype`, value.prototype, depth + 1);
  } else if (value !== null && typeof value === 'object') {
    say(name, Object.prototype.toString.call(value).slice(8, -1));
    if (depth < 5) members(name, value, depth + 1);
  } else {
    say(name, value === null ? 'null' : typeof value);
  }
}

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
process.stdout.write(`${[...new Set(lines)].sort().join('\n')}\n`);

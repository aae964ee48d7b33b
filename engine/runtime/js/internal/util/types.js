'use strict';

// `util.types` (https://nodejs.org/api/util.html#utiltypes): what a value is, by what it holds and not by its prototype.

const { kindOf, kinds } = require('internal/util/kinds');

const { isView } = ArrayBuffer;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const typedArrayTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

// These have neither names nor parameters, like native functions.
function isKind(kind) {
  return (...args) => kindOf(args[0]) === kind;
}

function isOneOf(...several) {
  return (...args) => several.includes(kindOf(args[0]));
}

function isFunctionWith(bit) {
  return (...args) => {
    const kind = kindOf(args[0]);
    return kind >= kinds.FUNCTION && ((kind - kinds.FUNCTION) & bit) !== 0;
  };
}

const { NUMBER, STRING, BOOLEAN, BIGINT, SYMBOL, ARRAY_BUFFER, SHARED_ARRAY_BUFFER } = kinds;

const types = {};

const unnamed = [
  ['isArgumentsObject', isKind(kinds.ARGUMENTS)],
  ['isArrayBuffer', isKind(ARRAY_BUFFER)],
  ['isAsyncFunction', isFunctionWith(kinds.ASYNC)],
  ['isBigIntObject', isKind(BIGINT)],
  ['isBooleanObject', isKind(BOOLEAN)],
  ['isDate', isKind(kinds.DATE)],
  ['isExternal', isKind(kinds.EXTERNAL)],
  ['isGeneratorFunction', isFunctionWith(kinds.GENERATING)],
  ['isGeneratorObject', isKind(kinds.GENERATOR)],
  ['isMap', isKind(kinds.MAP)],
  ['isMapIterator', isKind(kinds.MAP_ITERATOR)],
  ['isModuleNamespaceObject', isKind(kinds.MODULE)],
  ['isNativeError', isKind(kinds.ERROR)],
  ['isNumberObject', isKind(NUMBER)],
  ['isPromise', isKind(kinds.PROMISE)],
  ['isProxy', isKind(kinds.PROXY)],
  ['isRegExp', isKind(kinds.REGEXP)],
  ['isSet', isKind(kinds.SET)],
  ['isSetIterator', isKind(kinds.SET_ITERATOR)],
  ['isSharedArrayBuffer', isKind(SHARED_ARRAY_BUFFER)],
  ['isStringObject', isKind(STRING)],
  ['isSymbolObject', isKind(SYMBOL)],
  ['isWeakMap', isKind(kinds.WEAK_MAP)],
  ['isWeakSet', isKind(kinds.WEAK_SET)],
  ['isAnyArrayBuffer', isOneOf(ARRAY_BUFFER, SHARED_ARRAY_BUFFER)],
  ['isBoxedPrimitive', isOneOf(NUMBER, STRING, BOOLEAN, BIGINT, SYMBOL)],
];
for (const [name, is] of unnamed) types[name] = is;

types.isArrayBufferView = isView;

Object.assign(types, {
  isDataView(value) {
    return kindOf(value) === kinds.DATA_VIEW;
  },
  isTypedArray(value) {
    return typedArrayTag.call(value) !== undefined;
  },
});

const ELEMENTS = [
  'Uint8', 'Uint8Clamped', 'Uint16', 'Uint32', 'Int8', 'Int16', 'Int32', 'Float16', 'Float32', 'Float64', 'BigInt64',
  'BigUint64',
];
for (const element of ELEMENTS) {
  const tag = `${element}Array`;
  const name = `is${tag}`;
  types[name] = { [name]: (value) => typedArrayTag.call(value) === tag }[name];
}

const isObject = (value) => typeof value === 'object' && value !== null;

const fromCrypto = {
  isKeyObject(value) {
    return isObject(value) && require('internal/crypto/key/objects').isKeyObject(value);
  },
  isCryptoKey(value) {
    return isObject(value) && require('internal/crypto/web/key').isCryptoKey(value);
  },
};
for (const name of Object.keys(fromCrypto)) {
  defineProperty(types, name, {
    __proto__: null,
    value: fromCrypto[name],
    writable: false,
    enumerable: true,
    configurable: false,
  });
}

module.exports = types;

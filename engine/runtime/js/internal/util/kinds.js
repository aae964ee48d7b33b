'use strict';

// What kind of object a value is, whatever its prototype says. The numbers are those of the op `util_kind`; 0 stands
// for a plain object and for what is no object.

const PROXY = 2;

/** Names of the numbers. */
const kinds = {
  __proto__: null,
  PLAIN: 0,
  ARRAY: 1,
  PROXY,
  MAP: 3,
  SET: 4,
  TYPED_ARRAY: 5,
  ERROR: 6,
  PROMISE: 7,
  DATE: 8,
  REGEXP: 9,
  ARRAY_BUFFER: 10,
  SHARED_ARRAY_BUFFER: 11,
  DATA_VIEW: 12,
  MAP_ITERATOR: 13,
  SET_ITERATOR: 14,
  WEAK_MAP: 15,
  WEAK_SET: 16,
  NUMBER: 17,
  STRING: 18,
  BOOLEAN: 19,
  BIGINT: 20,
  SYMBOL: 21,
  GENERATOR: 22,
  MODULE: 23,
  ARGUMENTS: 24,
  EXTERNAL: 25,
  WASM_MODULE: 26,
  /** Functions: 32, 1 more for async ones, 2 more for generators. */
  FUNCTION: 32,
  ASYNC: 1,
  GENERATING: 2,
};

module.exports = { kindOf: ops.util_kind, kinds };

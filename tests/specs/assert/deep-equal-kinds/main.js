// deepEqual and deepStrictEqual for every kind of value against every other: who is equal to whom.
const assert = require('assert');
const symbol = Symbol('s');
class A {}
class B {}
const same = () => 1;
const kinds = {
  undefined: () => undefined, null: () => null, zero: () => 0, minusZero: () => -0, one: () => 1, text1: () => '1', emptyText: () => '', true: () => true,
  false: () => false, big1: () => 1n, NaN: () => NaN, symbol: () => symbol, fn: () => same, object: () => ({}), nullProto: () => Object.create(null), a: () => new A(), b: () => new B(),
  array: () => [], hole: () => [,], arrayUndefined: () => [undefined], arrayOfText: () => ['1'], arrayOf1: () => [1], like: () => ({ 0: 1, length: 1 }), args: () => (function () { return arguments; })(1),
  arrayWithProp: () => Object.assign([1], { p: 1 }), withSymbol: () => ({ [symbol]: 1 }), hidden: () => Object.defineProperty({}, 'h', { value: 1 }), undefinedA: () => ({ a: undefined }), undefinedB: () => ({ b: undefined }),
  date: () => new Date(1), dateProp: () => Object.assign(new Date(1), { p: 1 }), invalid: () => new Date(NaN), regexp: () => /a/, regexpG: () => /a/g, regexpAt: () => Object.assign(/a/g, { lastIndex: 2 }),
  error: () => new Error('m'), errorN: () => new Error('n'), typeError: () => new TypeError('m'), cause: () => new Error('m', { cause: 1 }), aggregate: () => new AggregateError([1], 'm'), aggregate2: () => new AggregateError([2], 'm'), coded: () => Object.assign(new Error('m'), { code: 1 }),
  number: () => new Number(1), string: () => new String('1'), boolean: () => new Boolean(true), bigint: () => Object(1n), boxedSymbol: () => Object(symbol),
  map: () => new Map([['k', 1]]), mapText: () => new Map([['k', '1']]), map1: () => new Map([[1, 1]]), mapText1: () => new Map([['1', 1]]), mapObject: () => new Map([[{ a: 1 }, 1]]),
  set: () => new Set([1]), setText: () => new Set(['1']), setTrue: () => new Set([true]), setObject: () => new Set([{ a: 1 }]), setObjectText: () => new Set([{ a: '1' }]), setTwo: () => new Set([{ a: 1 }, { b: 1 }]), setTwoBack: () => new Set([{ b: 1 }, { a: 1 }]),
  bytes: () => new Uint8Array([1]), signed: () => new Int8Array([1]), buffer: () => Buffer.from([1]), floats: () => new Float32Array([0]), minusFloats: () => new Float32Array([-0]), arrayBuffer: () => new Uint8Array([1]).buffer, shared: () => new SharedArrayBuffer(1),
  weakMap: () => new WeakMap(), weakSet: () => new WeakSet(), promise: () => Promise.resolve(1), url: () => new URL('http://a/'), urlB: () => new URL('http://b/'), proxy: () => new Proxy([1], {}), tagged: () => ({ [Symbol.toStringTag]: 'Map' }),
};
for (const compare of [assert.deepEqual, assert.deepStrictEqual]) {
  console.log(compare.name);
  for (const [name, make] of Object.entries(kinds)) {
    const equal = Object.keys(kinds).filter((other) => {
      try {
        compare(make(), kinds[other]());
        return true;
      } catch (error) {
        if (error.code !== 'ERR_ASSERTION') throw error;
        return false;
      }
    });
    console.log(`  ${name}: ${equal.join(' ') || 'nothing, not even itself'}`);
  }
}

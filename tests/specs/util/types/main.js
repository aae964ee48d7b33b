// util.types on one of each.
const { types } = require('util');
const values = { args: (function () { return arguments; })(), array: [], buffer: Buffer.from(''), ab: new ArrayBuffer(1), sab: new SharedArrayBuffer(1), view: new DataView(new ArrayBuffer(1)),
  u8: new Uint8Array(), f64: new Float64Array(), big: new BigInt64Array(), map: new Map(), set: new Set(), wm: new WeakMap(), ws: new WeakSet(), mi: new Map().keys(), si: new Set().values(),
  date: new Date(), re: /x/, err: new Error(), promise: Promise.resolve(), proxy: new Proxy({}, {}), gen: (function* () {})(), genf: function* () {}, asyncf: async () => {},
  num: new Number(1), str: new String(''), bool: new Boolean(true), sym: Object(Symbol()), bigobj: Object(1n), prim: 1, nul: null, obj: {}, fn() {}, fakeErr: Object.create(Error.prototype), dom: new DOMException('x') };
for (const [name, value] of Object.entries(values)) {
  const yes = Object.keys(types).filter((t) => { try { return types[t](value); } catch { return false; } });
  console.log(name.padEnd(8), yes.join(' '));
}
console.log(Object.keys(types).sort().join(' '));

// What structuredClone copies, and what it refuses.
const date = new Date(0);
const source = { a: 1, nested: { list: [1, , 3], map: new Map([[{ k: 1 }, new Set([1])]]), date, re: /x/gi, big: 10n, nan: NaN, neg: -0, u: undefined, n: null }, buf: new Uint8Array([1, 2]), err: new TypeError('message'), bool: new Boolean(false), str: Object('s') };
source.self = source;
const copy = structuredClone(source);
copy.err = [copy.err.name, copy.err.message, copy.err instanceof TypeError];
console.log(copy, copy.self === copy, copy.nested.date !== date);
class Point { constructor() { this.x = 1; } get y() { return 2; } }
console.log(structuredClone(new Point()), structuredClone({ get g() { return 'read'; } }), structuredClone(Object.create({ inherited: 1 })), structuredClone('s'), structuredClone([1, 2]));
console.log(structuredClone(Buffer.from('ab')), structuredClone(Object.assign([1], { extra: 1 })), structuredClone(new Error('e', { cause: 'c' })).cause);
const buffer = new ArrayBuffer(8);
const moved = structuredClone(buffer, { transfer: [buffer] });
console.log(moved.byteLength, buffer.byteLength, buffer.detached);
for (const value of [() => {}, Symbol('s'), new WeakMap(), Promise.resolve(), { deep: { f() {} } }, new Proxy({}, {}), globalThis, new (class { #p = 1; m = () => {}; })()]) {
  try { console.log(structuredClone(value)); } catch (e) { console.log(e.name, e.code, e.message, e instanceof DOMException); }
}
try { structuredClone(); } catch (e) { console.log(e.name, e.code, e.message); }
const shared = { s: 1 };
const [x, y] = structuredClone([shared, shared]);
console.log(x === y, structuredClone(new DOMException('m', 'DataError')).name);

// inherits; deprecate warns once per function and code.
const util = require('util');
function Parent() {}
Parent.prototype.hello = () => 'hello';
function Child() {}
util.inherits(Child, Parent);
console.log(new Child().hello(), Child.super_ === Parent, new Child() instanceof Parent, Object.keys(Child));
for (const args of [[null, Parent], [Child, null], [Child, {}], [Child, Object.assign(() => {}, { prototype: undefined })]]) {
  try { util.inherits(...args); } catch (e) { console.log(e.code, e.message); }
}
const old = util.deprecate((a, b) => a + b, 'old() is deprecated', 'DEP_OLD');
const other = util.deprecate(() => 'other', 'other() is deprecated', 'DEP_OLD');
console.log(old(1, 2), old(3, 4), other(), old.length, old.name);
const C = util.deprecate(class K { constructor() { this.a = 1; } }, 'K is deprecated');
console.log(new C());
console.log(util.isArray, util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.isDeepStrictEqual([1], ['1']));

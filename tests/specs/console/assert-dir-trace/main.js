// assert, dir, trace, dirxml.
console.assert(true, 'never');
console.assert(false);
console.assert(0, 'with %s', 'format');
console.assert(null, { object: 1 }, 'more');
console.assert();
console.dir({ a: { b: { c: { d: 1 } } } });
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.dir('text');
console.dirxml({ a: 1 }, [2]);
function traced() {
  console.trace('here %d', 1);
}
traced();

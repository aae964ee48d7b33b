// Circular structures, shared parts, and maps and sets inside of each other, compared.
const assert = require('assert');
const says = (name, a, b) => {
  const results = ['deepEqual', 'deepStrictEqual'].map((f) => {
    try {
      assert[f](a, b);
      return 'equal';
    } catch (error) {
      return error.code;
    }
  });
  console.log(name, results.join(' '));
};
const ring = (length) => {
  const first = { n: 0 };
  let last = first;
  for (let i = 1; i < length; i++) last = last.next = { n: 0 };
  last.next = first;
  return first;
};
says('rings of one', ring(1), ring(1));
says('rings of one and two', ring(1), ring(2));
says('rings of three', ring(3), ring(3));
says('ring and its entrance', ring(2), { n: 0, next: ring(2) });
const list = [1];
list.push(list);
const other = [1];
other.push(other);
says('arrays', list, other);
says('array and a finite one', list, [1, [1, [1]]]);
const map = new Map();
map.set('self', map);
const map2 = new Map();
map2.set('self', map2);
says('maps', map, map2);
const set = new Set();
set.add(set);
const set2 = new Set();
set2.add(set2);
says('sets', set, set2);
const part = { x: 1 };
says('shared and copied', [part, part], [{ x: 1 }, { x: 1 }]);
says('crossed', { a: map, b: set }, { a: map2, b: set2 });
const nested = (leaf) => new Map([[{ k: [1] }, new Set([[new Map([['deep', leaf]])], 'x'])]]);
says('nested', nested({ v: NaN }), nested({ v: NaN }));
says('nested otherwise', nested({ v: 1 }), nested({ v: '1' }));
const deep = (n) => {
  let value = {};
  for (let i = 0; i < n; i++) value = [value];
  return value;
};
says('deep', deep(500), deep(500));
says('not as deep', deep(500), deep(499));
const a = { list };
try {
  assert.deepStrictEqual({ ring: ring(2), list }, { ring: ring(2), list: [1, a] });
} catch (error) {
  console.log(error.message);
}

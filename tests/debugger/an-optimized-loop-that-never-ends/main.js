globalThis.forever = function () {
  while (true) {}
};
function count(most) {
  let n = 0;
  while (n !== most) n = (n + 1) & 1023;
  return n;
}
for (let i = 0; i < 20_000; i++) count(i & 63);
const first = count(1);
const second = count(2);
const third = first + second;
class Lazy {
  get value() { return count(-1); }
}
const lazy = new Lazy();
debugger;
console.log(third, lazy instanceof Lazy);

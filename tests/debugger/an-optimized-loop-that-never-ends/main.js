globalThis.forever = function () {
  while (true) {}
};
function count(most) {
  let n = 0;
  while (n !== most) n = (n + 1) & 1023;
  return n;
}
for (let i = 0; i < 20_000; i++) count(i & 63);
console.log("first");
console.log("second");
console.log("third");
class Lazy {
  get value() { return count(-1); }
}
const lazy = new Lazy();
debugger;
console.log("fourth", lazy instanceof Lazy);

globalThis.spin = function () {
  for (;;) [1, 2].map((n) => n + 1);
};
function twice(n) {
  return n * 2;
}
const sum = twice(1) + twice(2) + twice(3);
const name = 'end';
console.log(name, sum, depth(0) > 1000);
function depth(n) { try { return depth(n + 1); } catch { return n; } }
function last(n) { return n; }
last(500);

function one() { return 1; }
function two() { return 2; }
function three(a, b) { return a + b; }
debugger;
const all = three(one(), two());
console.log(all);

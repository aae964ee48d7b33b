function sum(a, b) {
  const total = a + b;
  debugger;
  return total;
}
console.log(sum(1, 2));
debugger;
console.log(Object.getOwnPropertyNames(globalThis).filter((name) => name.includes('loopscope')));

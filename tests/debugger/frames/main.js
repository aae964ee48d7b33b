function outer() {
  const mine = 'outer';
  inner(1);
  return mine;
}
function inner(n) {
  const mine = 'inner';
  debugger;
}
outer();

function sum(a, b) {
  let total = a + b;
  total *= 2;
  return total;
}
console.log(sum(1, 2));

function add(a, b) {
  let sum = a + b;
  return sum;
}
const first = add(1, 2);
const second = add(first, 4);
console.log(first, second);

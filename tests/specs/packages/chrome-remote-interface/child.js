function add(a, b) {
  const sum = a + b;
  return sum;
}
setTimeout(function later() {
  console.log('got', add(20, 22));
}, 5);
console.log('main', add(1, 2));

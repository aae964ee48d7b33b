function twice(n) {
  return n * 2;
}
let sum = 0;
for (let i = 0; i < 10000; i++) sum += twice(i);
console.log(sum);

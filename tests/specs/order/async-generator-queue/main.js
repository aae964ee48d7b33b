// Calls of next() before the first has settled are queued.
async function* generate() {
  console.log('started');
  yield 1;
  yield 2;
  return 3;
}
const g = generate();
const calls = [g.next(), g.next(), g.next(), g.next()];
console.log('called');
calls.forEach((p, i) => p.then((r) => console.log(i, r)));

// What runs, and when, as generators and async generators are left early.
function* sync(name) {
  try {
    const got = yield `${name} 1`;
    console.log(name, 'got', got);
    yield `${name} 2`;
  } catch (error) {
    console.log(name, 'caught', error);
    yield `${name} after the error`;
  } finally {
    console.log(name, 'finally');
    yield `${name} in finally`;
  }
  return `${name} done`;
}
const a = sync('a');
console.log(a.next('lost'), a.next('kept'), a.return('early'), a.next(), a.next());
const b = sync('b');
console.log(b.next(), b.throw('oops'), b.next(), b.next(), b.next());
const c = sync('c');
console.log(c.return('before the start'), c.next());
function* outer() {
  console.log('delegate returned', yield* sync('inner'));
}
const d = outer();
console.log(d.next(), d.throw('through'), d.return('x'), d.next());
async function* counting(name) {
  try {
    for (let i = 1; ; i++) {
      console.log(name, 'makes', i);
      yield i;
    }
  } finally {
    console.log(name, 'cleaning');
    await null;
    console.log(name, 'cleaned');
  }
}
const label = (n) => (v) => console.log(n, v);
(async () => {
  for await (const n of counting('broken')) {
    if (n === 2) break;
  }
  console.log('after break');
  try {
    for await (const n of counting('thrown')) throw new Error(`at ${n}`);
  } catch (error) {
    console.log('caught', error.message);
  }
  const g = counting('queued');
  g.next().then(label('n1'));
  g.next().then(label('n2'));
  g.return('r').then(label('r'));
  g.next().then(label('n3'));
  await g.throw('late').catch(label('rejected'));
  const rejecting = (async function* () { yield Promise.reject(new Error('yielded')); })();
  await rejecting.next().catch((error) => console.log('a rejected promise cannot be yielded:', error.message));
  console.log(await rejecting.next());
  const sequence = [Promise.resolve('p1'), 'plain', new Promise((r) => setTimeout(r, 1, 'slow'))];
  for await (const v of sequence) console.log(v);
  console.log(await Array.fromAsync(sequence, (v) => v.toUpperCase()));
  const [first, , third] = sync('destructured');
  console.log(first, third);
})();

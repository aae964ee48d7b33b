// Disposal with `using` and `await using`: last first, awaited one after the other, errors collected.
const resource = (name, fails) => ({
  [Symbol.dispose]() {
    console.log(`dispose ${name}`);
    if (fails) throw new Error(`disposing ${name}`);
  },
});
const asyncResource = (name, fails) => ({
  async [Symbol.asyncDispose]() {
    console.log(`async dispose ${name} begins`);
    await null;
    console.log(`async dispose ${name} ends`);
    if (fails) throw new Error(`disposing ${name}`);
  },
});
{
  using a = resource('a');
  using b = resource('b');
  using nothing = null;
  console.log('block', a !== b, nothing);
}
try {
  using x = resource('x', true);
  using y = resource('y', true);
  throw new Error('in the block');
} catch (error) {
  console.log(error.name, error.message, '|', error.error.message, '|', error.suppressed.name, error.suppressed.error.message, error.suppressed.suppressed.message);
}
(async () => {
  queueMicrotask(() => console.log('microtask'));
  process.nextTick(() => console.log('tick'));
  {
    await using c = asyncResource('c');
    using d = resource('d');
    await using e = asyncResource('e');
    await using sync = resource('only sync');
    console.log('async block', c !== e, d !== sync);
  }
  console.log('after the block');
  try {
    await using f = asyncResource('f', true);
    void f;
  } catch (error) {
    console.log('caught', error.message);
  }
  for (using item of [resource('1'), resource('2')]) console.log('loop', typeof item);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => console.log('deferred'));
  stack.use(asyncResource('used'));
  stack.adopt('adopted', (value) => console.log('adopted gone:', value));
  console.log(stack.disposed);
  const moved = stack.move();
  console.log(stack.disposed, moved.disposed);
  await moved.disposeAsync();
  try {
    moved.defer(() => {});
  } catch (error) {
    console.log(error.name);
  }
})();
function* generator() {
  using held = resource('held by a generator');
  yield 1;
  yield 2;
  void held;
}
for (const n of generator()) {
  console.log('got', n);
  break;
}
console.log('end of main');

// A tick made in a microtask waits until the microtasks are done.
Promise.resolve()
  .then(() => {
    console.log('p1');
    process.nextTick(() => console.log('tick'));
  })
  .then(() => console.log('p2'));

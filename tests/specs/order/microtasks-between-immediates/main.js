// Ticks and microtasks run after every immediate.
for (const id of [1, 2]) {
  setImmediate(() => {
    console.log('immediate', id);
    Promise.resolve().then(() => console.log('promise', id));
    process.nextTick(() => console.log('tick', id));
  });
}

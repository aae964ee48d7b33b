// After a top-level await the module continues in a microtask: ticks wait for the drain's end.
console.log('before');
process.nextTick(() => console.log('tick 1'));
await null;
console.log('after');
process.nextTick(() => console.log('tick 2'));
Promise.resolve().then(() => console.log('promise 2'));
await new Promise((resolve) => setTimeout(resolve, 1));
console.log('after the timer');
process.nextTick(() => console.log('tick 3'));
Promise.resolve().then(() => console.log('promise 3'));

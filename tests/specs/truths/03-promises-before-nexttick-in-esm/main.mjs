// At the top level of an ES module the promise reactions run before the ticks.
Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));

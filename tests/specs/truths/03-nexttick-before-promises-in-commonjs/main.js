// In CommonJS the ticks of the main script run before its promise reactions.
Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));

setTimeout(function later() {}, 5);
setImmediate(function soon() {});
process.nextTick(function tick() {});
Promise.resolve().then(function reaction() {});
debugger;

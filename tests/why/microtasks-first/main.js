// why: later
setTimeout(function later() {}, 1);
const end = Date.now() + 40;
while (Date.now() < end);
process.nextTick(function one() {});
process.nextTick(function two() {});
Promise.resolve().then(function three() {});

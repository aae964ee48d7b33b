// Who comes first? Every queue of the event loop gets one callback, made in the "wrong" order on purpose.
//
// After the script, and again after every single callback, two queues are emptied before anything else may run:
// first all next ticks, then all microtasks, until both are empty. Only then the loop goes on to its phases.

const fs = require('fs');

setImmediate(() => console.log('7. immediate: the check phase of the first turn'));

setTimeout(() => {
  console.log('5. timeout: timers that are due run before the loop\'s first turn');
  process.nextTick(() => console.log('6. next tick of the timeout, before the next phase'));
}, 1);

Promise.resolve().then(() => {
  console.log('3. microtask');
  process.nextTick(() => console.log('4. next tick of the microtask: waits until the microtasks are done'));
});

process.nextTick(() => console.log('2. next tick: before microtasks, as this script is a CommonJS module'));

console.log('1. the script');

// The timer above must be due when the loop starts, or the immediate would win by luck: 1 ms is soon over.
for (const start = Date.now(); Date.now() - start < 5;);

// Inside a callback of the poll phase there is no luck: check comes next, timers come after it.
setTimeout(() => {
  fs.stat(__filename, () => {
    setTimeout(() => console.log('10. timeout made in an I/O callback'), 0);
    setImmediate(() => console.log('9. immediate made in the same I/O callback: always first'));
    console.log('8. an I/O callback: the poll phase');
  });
}, 20);

// Prints:
// 1. the script
// 2. next tick: before microtasks, as this script is a CommonJS module
// 3. microtask
// 4. next tick of the microtask: waits until the microtasks are done
// 5. timeout: timers that are due run before the loop's first turn
// 6. next tick of the timeout, before the next phase
// 7. immediate: the check phase of the first turn
// 8. an I/O callback: the poll phase
// 9. immediate made in the same I/O callback: always first
// 10. timeout made in an I/O callback

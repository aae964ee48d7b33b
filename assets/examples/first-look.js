// A first look: three kinds of waiting, and what the event loop does with each.
//
// The script itself runs first, from top to bottom, without a break. Everything that waits is only noted down on the
// way: timers in a list, the file read in the thread pool, promise reactions in the queue of microtasks. When the
// script is done, the loop takes over.

const fs = require('fs');
const { setTimeout: sleep } = require('timers/promises');

console.log('script: begins');

// A timer is due after *at least* so many milliseconds.
setTimeout(function afterAWhile() {
  console.log('timer: 60 ms are over');
}, 60);

// A promise that is fulfilled already: its reaction still waits until the script is done.
Promise.resolve('ready').then(function reaction(value) {
  console.log('microtask:', value);
});

// A thread of the pool reads the file; the loop's poll phase then runs the callback.
fs.readFile(__filename, 'utf8', function fileIsRead(error, text) {
  if (error) throw error;
  console.log('file: begins with', JSON.stringify(text.slice(0, 15)));
});

// An async function runs at once up to its first `await`, and goes on later.
async function countdown() {
  for (let left = 3; left > 0; left--) {
    console.log('countdown:', left);
    await sleep(100);
  }
  console.log('countdown: lift-off');
}
countdown();

console.log('script: ends');

// Prints:
// script: begins
// countdown: 3
// script: ends
// microtask: ready
// file: begins with "// A first look"
// timer: 60 ms are over
// countdown: 2
// countdown: 1
// countdown: lift-off

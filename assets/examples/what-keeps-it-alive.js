// Why does a program end? When nothing is left that keeps it alive: not when everything is done.
//
// Timers, immediates and pending operations keep the loop going, unless they are told not to with `unref()`.
// A promise alone never does: nobody can tell whether anything will ever fulfil it.

// An unref'd interval: it ticks only as long as something else keeps the loop going.
const heartbeat = setInterval(() => console.log('heartbeat'), 80);
heartbeat.unref();
console.log('does the heartbeat keep the loop alive?', heartbeat.hasRef());

// This timer does; the heartbeat beats twice meanwhile.
setTimeout(() => console.log('the only thing waited for is done'), 200);

// An hour's wait that is not waited for.
setTimeout(() => console.log('never printed'), 3_600_000).unref();

// A promise that is never fulfilled; the code behind this `await` never runs, and the program ends all the same.
(async () => {
  await new Promise(() => {});
  console.log('never printed either');
})();

process.on('beforeExit', () => console.log('beforeExit: nothing is left that keeps the loop alive'));
process.on('exit', (code) => console.log('exit:', code));

// Prints:
// does the heartbeat keep the loop alive? false
// heartbeat
// heartbeat
// the only thing waited for is done
// beforeExit: nothing is left that keeps the loop alive
// exit: 0

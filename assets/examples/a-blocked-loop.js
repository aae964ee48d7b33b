// One long calculation holds everything up: there is one stack, and the loop waits until it is empty.
//
// The interval should fire every 20 ms. While `block` runs it cannot, and it does not catch up afterwards either.

const start = process.hrtime.bigint();
const elapsed = () => Number((process.hrtime.bigint() - start) / 1_000_000n);

/** Keeps the stack busy. */
function block(milliseconds) {
  const end = elapsed() + milliseconds;
  while (elapsed() < end);
}

/** The same work in slices; between them the loop may do something else. */
function inSlices(milliseconds, done) {
  block(Math.min(5, milliseconds));
  if (milliseconds > 5) setImmediate(inSlices, milliseconds - 5, done);
  else done();
}

function ticksDuring(name, run) {
  return new Promise((resolve) => {
    let ticks = 0;
    const interval = setInterval(() => ticks++, 20);
    run(() => {
      clearInterval(interval);
      console.log(name, ticks === 0 ? 'no tick at all' : 'the interval kept ticking');
      resolve();
    });
  });
}

async function main() {
  await ticksDuring('150 ms in one piece:', (done) => { block(150); done(); });
  await ticksDuring('150 ms in slices:', (done) => inSlices(150, done));
}

main();

// Prints:
// 150 ms in one piece: no tick at all
// 150 ms in slices: the interval kept ticking

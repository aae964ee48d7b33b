// A million callbacks in every second: immediates, promise reactions and next ticks, in bundles of a millisecond.
const rate = 1000; // a millisecond
const begun = performance.now();
let made = 0;
const nothing = () => {};
const timer = setInterval(() => {
  const now = performance.now() - begun;
  for (const due = now * rate; made < due; made += 3) {
    setImmediate(nothing);
    process.nextTick(nothing);
    Promise.resolve().then(nothing);
  }
  if (now > 60_000) clearInterval(timer);
}, 1);

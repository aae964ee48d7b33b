// As many callbacks as the loop can run: two immediates that schedule themselves, for a minute.
const end = performance.now() + 60_000;
function again() {
  if (performance.now() < end) setImmediate(again);
}
again();
again();

// The same work, but others get their turn.
setTimeout(function inTime() {}, 1);
const end = Date.now() + 80;
function again() {
  if (Date.now() < end) setImmediate(again);
}
again();

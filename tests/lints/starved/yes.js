// A timer that is due has to wait for thousands of microtasks.
setTimeout(function late() {}, 1);
const end = Date.now() + 80;
function again() {
  if (Date.now() < end) Promise.resolve().then(again);
}
again();

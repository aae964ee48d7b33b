// A timer that is due has to wait for thousands of microtasks.
setTimeout(function late() {}, 1);
let end;
function again() {
  end ??= Date.now() + 80;
  if (Date.now() < end) Promise.resolve().then(again);
}
Promise.resolve().then(again);

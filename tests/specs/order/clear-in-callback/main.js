// A timer cleared by a timer that is due together does not fire; clearing itself or junk is harmless.
const first = setTimeout(() => {
  console.log('first');
  clearTimeout(second);
  clearTimeout(first);
  clearTimeout(undefined);
  clearTimeout(null);
  clearTimeout({});
  clearTimeout('x');
  clearTimeout(987654);
}, 1);
const second = setTimeout(() => console.log('never'), 1);
setTimeout(() => console.log('third'), 1);

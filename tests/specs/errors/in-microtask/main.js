// An error in a microtask.
queueMicrotask(function onMicrotask() {
  throw new Error('in a microtask');
});

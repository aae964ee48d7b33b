// An error in a tick.
process.nextTick(function onTick() {
  throw new Error('in a tick');
});

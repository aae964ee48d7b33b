// An error in an immediate.
setImmediate(() => {
  throw new Error('in an immediate');
});

// An immediate made in an immediate runs in the next turn.
setImmediate(() => {
  console.log('first');
  setImmediate(() => console.log('nested'));
});
setImmediate(() => console.log('second'));

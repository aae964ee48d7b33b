// A timer made in a timer's callback with the same delay fires in a later round.
setTimeout(() => {
  console.log('outer 1');
  setTimeout(() => console.log('inner'), 1);
}, 1);
setTimeout(() => console.log('outer 2'), 1);
setImmediate(() => {});

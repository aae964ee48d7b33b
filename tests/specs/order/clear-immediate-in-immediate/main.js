// An immediate can be cleared by one that runs before it in the same phase.
setImmediate(() => {
  console.log('first');
  clearImmediate(second);
});
const second = setImmediate(() => console.log('never'));
setImmediate(() => console.log('third'));

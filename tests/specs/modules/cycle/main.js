// In a cycle a module sees what the other has exported so far.
console.log('main starting');
const a = require('./a');
const b = require('./b');
console.log('in main, a.done = %j, b.done = %j', a.done, b.done);

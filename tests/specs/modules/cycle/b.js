console.log('b starting');
exports.done = false;
const a = require('./a');
console.log('in b, a.done = %j, a.late = %j', a.done, a.late);
exports.done = true;
console.log('b done');

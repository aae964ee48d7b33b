const { execFileSync } = require('node:child_process');
setImmediate(function busy() {
  execFileSync('sleep', ['0.6']);
});
setTimeout(function later() {
  console.log('later');
}, 300);
setTimeout(function last() {
  console.log('last');
}, 400);

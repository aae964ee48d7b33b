const { execFileSync } = require('node:child_process');
function next() {
  console.log('next');
}
setImmediate(function busy() {
  setImmediate(next);
  execFileSync('sleep', ['0.6']);
});

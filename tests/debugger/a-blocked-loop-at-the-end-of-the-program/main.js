const { execFileSync } = require('node:child_process');
setImmediate(function busy() {
  execFileSync('sleep', ['0.6']);
});

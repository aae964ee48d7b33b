const { fork } = require('child_process');
globalThis.child = fork(__dirname + '/child.js');
child.on('exit', (code, signal) => {
  debugger;
});

const { fork } = require('child_process');
const child = fork(__dirname + '/child.js', ['one'], { execArgv: ['--no-warnings'] });
child.on('message', (message) => {
  debugger;
  child.send('end');
});
child.on('exit', (code, signal) => console.log('exit', code, signal));

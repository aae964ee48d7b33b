'use strict';
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ got: message, connected: process.connected });
    if (message === 'bye') process.disconnect();
  });
  process.on('disconnect', () => (process.exitCode = 5));
} else {
  const serialization = process.argv[2] ?? 'json';
  const child = fork(__filename, ['child'], { serialization });
  child.on('message', (message) => console.log('parent got', message));
  child.on('disconnect', () => console.log('disconnected', child.connected));
  child.on('exit', (code, signal) => {
    console.log('exit', code, signal);
    child.once('error', (error) => console.log(error.code));
    console.log(child.send('too late'));
    if (serialization === 'json') fork(__filename, ['advanced']);
  });
  child.send({ list: [1, 'two', null], map: new Map([[1, 2]]), missing: undefined });
  child.send('bye');
}

function fails() {
  Promise.reject('only a text');
}
process.on('unhandledRejection', (reason) => console.log('heard', reason));
setTimeout(fails, 1);
setTimeout(() => { require('node:fs').promises.readFile('missing.txt'); }, 20);

'use strict';

// A worker talks to the inspector of the main thread and to its own.
const { Worker, isMainThread } = require('worker_threads');
const { Session, url } = require('inspector');

if (isMainThread) {
  globalThis.secret = 'of the main thread';
  new Worker(__filename).on('exit', (code) => console.log('exit', code, process.debugPort));
} else {
  // The conversation itself does not keep the thread.
  const keep = setInterval(() => {}, 1000);
  const ask = (session, then) => {
    session.post('Runtime.evaluate', { expression: 'typeof secret + " " + globalThis.secret' }, (error, { result }) => {
      console.log(error, result.value);
      then();
    });
  };
  const own = new Session();
  own.connect();
  ask(own, () => {
    own.disconnect();
    const main = new Session();
    main.connectToMainThread();
    ask(main, () => {
      main.disconnect();
      clearInterval(keep);
      console.log(url(), typeof process._debugProcess, typeof process._debugEnd);
    });
  });
}

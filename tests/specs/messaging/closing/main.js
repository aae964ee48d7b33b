'use strict';
// What both ends hear when one closes.
const keepAlive = setInterval(() => {}, 1000);
const { port1, port2 } = new MessageChannel();
let open = 2;
const closed = (name) => (event) => {
  console.log(name, event.type, event.constructor.name);
  if (--open === 0) clearInterval(keepAlive);
};
port1.addEventListener('close', closed('first'));
port1.on('message', (value) => console.log('first', value));
port2.on('close', closed('second'));
port2.on('message', (value) => {
  console.log('message', value);
  port2.postMessage('back');
});
port1.postMessage('before');
setImmediate(() => port2.close(() => console.log('callback')));

'use strict';
// When messages come among other callbacks.
const { port1, port2 } = new MessageChannel();
port2.onmessage = ({ data }) => {
  console.log('message', data);
  process.nextTick(() => console.log('tick after', data));
  Promise.resolve().then(() => console.log('microtask after', data));
  if (data === 3) port2.close();
};
port1.on('close', () => console.log('closed'));
for (let number = 1; number <= 3; number++) port1.postMessage(number);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
console.log('end of the script');

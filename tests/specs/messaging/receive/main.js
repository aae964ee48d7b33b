'use strict';
// Taking messages without the loop, and whether a port keeps it alive.
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
console.log(receiveMessageOnPort(port2));
port1.postMessage(undefined);
port1.postMessage({ a: [1] });
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2), receiveMessageOnPort(port2));
try {
  receiveMessageOnPort({});
} catch (error) {
  console.log(error.name, error.code, error.message);
}
const listener = () => {};
const states = [port2.hasRef()];
port2.on('message', listener);
states.push(port2.hasRef());
port2.off('message', listener);
states.push(port2.hasRef());
port2.onmessage = listener;
states.push(port2.hasRef());
port2.unref();
states.push(port2.hasRef());
console.log(states);

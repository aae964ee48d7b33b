'use strict';
// Ports and buffers that move with a message.
const { MessageChannel, receiveMessageOnPort, markAsUntransferable, isMarkedAsUntransferable } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
const inner = new MessageChannel();
const buffer = new ArrayBuffer(4);
port1.postMessage({ port: inner.port1, buffer }, [inner.port1, buffer]);
console.log(buffer.byteLength);
const { message } = receiveMessageOnPort(port2);
console.log(message.port instanceof MessagePort, message.buffer.byteLength);
inner.port2.postMessage('to the moved port');
console.log(receiveMessageOnPort(message.port));
const kept = new Uint8Array(2);
markAsUntransferable(kept.buffer);
console.log(isMarkedAsUntransferable(kept.buffer), isMarkedAsUntransferable(buffer));
for (const list of [[port1], [buffer], [new ArrayBuffer(1), 1], [inner.port1], [kept.buffer]]) {
  try {
    port1.postMessage('x', list);
    console.log('sent');
  } catch (error) {
    console.log(error.name, error.message);
  }
}
const copy = structuredClone({ port: message.port }, { transfer: [message.port] });
inner.port2.postMessage('once more');
console.log(receiveMessageOnPort(copy.port));
port1.postMessage('ports of the event', [new MessageChannel().port1]);
port2.onmessage = (event) => {
  console.log(event.data, event.ports.length, event.ports[0] instanceof MessagePort, event.target === port2, event.origin);
  port2.close();
  copy.port.close();
};

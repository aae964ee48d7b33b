'use strict';
// What cannot be sent.
const { MessageChannel, markAsUncloneable } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
const marked = { marked: true };
markAsUncloneable(marked);
const attempts = [() => port1.postMessage(), () => port1.postMessage(() => 1), () => port1.postMessage(Symbol('s')),
  () => port1.postMessage(port2), () => port1.postMessage(1, 1), () => port1.postMessage(1, { transfer: 2 }),
  () => port1.postMessage(marked), () => new MessagePort(), () => MessageChannel(),
  () => MessagePort.prototype.postMessage.call({}, 1), () => new MessageEvent(), () => new MessageEvent('x', { ports: [1] }),
  () => new MessageEvent('x', { source: {} })];
for (const attempt of attempts) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const event = new MessageEvent('note', { data: { a: 1 }, origin: 'here', lastEventId: 4, ports: [port1] });
console.log(event.data, event.origin, event.lastEventId, event.source, event.ports[0] === port1, event.type);
port1.close();

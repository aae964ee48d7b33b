'use strict';

// A conversation of the script with its own inspector: answers, notifications, what is left when it ends.
const { Session } = require('inspector');
const EventEmitter = require('events');

const session = new Session();
console.log(session instanceof EventEmitter);
session.connect();
session.post('Runtime.evaluate', { expression: '1 + 1' }, (error, { result }) => console.log(error, result));
session.post('Runtime.evaluate', { expression: 'throw new TypeError("no")' }, (error, { exceptionDetails }) => {
  console.log(error, exceptionDetails.text, exceptionDetails.exception.className);
});
session.post('Schema.getDomains', (error, { domains }) => console.log(domains.map((domain) => domain.name)));
const seen = [];
session.on('inspectorNotification', ({ method }) => seen.push(method));
session.once('Runtime.executionContextCreated', ({ method, params: { context } }) => {
  console.log(method, context.id, context.auxData.isDefault);
});
session.post('Runtime.enable');
session.post('Runtime.evaluate', { expression: 'new Promise(() => {})', awaitPromise: true }, (error) => {
  console.log(error.code, error.message);
});
session.post('HeapProfiler.takeHeapSnapshot', null, (error, result) => {
  console.log(error, result, seen.includes('HeapProfiler.addHeapSnapshotChunk'));
  session.disconnect();
  session.disconnect();
});

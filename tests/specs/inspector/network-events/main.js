'use strict';

// Events that a program itself makes, for debuggers that ask.
const inspector = require('inspector');

const session = new inspector.Session();
session.connect();
session.on('inspectorNotification', ({ method, params }) => {
  if (params.initiator) params.initiator = params.initiator.type;
  console.log(method, Object.fromEntries(Object.entries(params).sort()));
});
const request = { url: 'https://nodejs.org/en', method: 'GET', headers: {} };
const sent = { requestId: '1', request, timestamp: 1000, wallTime: 1000 };
inspector.Network.requestWillBeSent(sent);
session.post('Network.enable', (error) => console.log(error));
inspector.Network.requestWillBeSent(sent);
for (const wrong of [{}, { ...sent, timestamp: '1' }, { ...sent, request: { url: 'a' } }]) {
  try {
    inspector.Network.requestWillBeSent(wrong);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
const response = { url: request.url, status: 200, statusText: '', headers: { host: 'nodejs.org' } };
inspector.Network.responseReceived({ requestId: '1', timestamp: 1000, type: 'Other', response });
inspector.Network.loadingFinished({ requestId: '1', timestamp: 1001 });
inspector.Network.loadingFailed({ requestId: '2', timestamp: 1000, type: 'Document', errorText: 'failed' });
inspector.Network.webSocketCreated({ requestId: '3', url: 'ws://example.com:8080' });
inspector.Network.webSocketClosed({ requestId: '3', timestamp: 1000 });
session.post('Network.disable');
inspector.Network.loadingFinished({ requestId: '1', timestamp: 1000 });
console.log(Object.keys(inspector.Network), Object.keys(inspector.DOMStorage));

'use strict';

// How many entries of resources are kept, and the event that says that there is no room for more.

const { performance } = require('perf_hooks');

const connection = {
  domainLookupStartTime: 0, domainLookupEndTime: 0, connectionStartTime: 0, connectionEndTime: 0, secureConnectionStartTime: 0,
  ALPNNegotiatedProtocol: 0,
};
const timing = {
  startTime: 0, endTime: 0, finalServiceWorkerStartTime: 0, redirectStartTime: 0, redirectEndTime: 0, postRedirectStartTime: 0,
  finalConnectionTimingInfo: connection, finalNetworkRequestStartTime: 0, finalNetworkResponseStartTime: 0, encodedBodySize: 0,
  decodedBodySize: 0,
};
const add = (name) => performance.markResourceTiming(timing, `http://localhost/${name}`, 'fetch', globalThis, '');
const names = () => performance.getEntriesByType('resource').map(({ name }) => name.slice(17)).join();

for (const size of [null, true, -1, 0.5, Infinity, 'x', {}]) {
  performance.setResourceTimingBufferSize(size);
  add('none');
  console.log(size, names() === '');
}
performance.addEventListener('resourcetimingbufferfull', ({ type, constructor }) => {
  console.log(type, constructor.name, names());
}, { once: true });
setImmediate(() => setImmediate(() => {
  performance.setResourceTimingBufferSize(2);
  for (const name of 'abcde') add(name);
  console.log(names());
  performance.onresourcetimingbufferfull = () => {
    console.log('full of', names());
    if (names() === 'a,b') performance.setResourceTimingBufferSize(4);
  };
  setImmediate(() => setImmediate(() => console.log('in the end', names())));
}));

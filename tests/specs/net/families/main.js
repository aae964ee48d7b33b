// A name with several addresses: they are tried in turn.
const net = require('node:net');

const lookup = (addresses) => (host, options, callback) => callback(null, addresses);
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const named = (text) => String(text).replaceAll(port, 'PORT');
  const attempt = (label, addresses, options) => new Promise((resolve) => {
    const socket = net.connect({ port, host: 'example.org', lookup: lookup(addresses), ...options });
    for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connect']) {
      socket.on(event, (...args) => console.log(label, event, ...args.map((arg) => named(arg?.message ?? arg))));
    }
    socket.on('error', (error) => {
      console.log(label, error.name, error.code, named(error.message), error.errors?.map((one) => named(one.message)));
    });
    socket.resume();
    socket.on('close', (hadError) => {
      console.log(label, 'close', hadError, socket.autoSelectFamilyAttemptedAddresses?.map(named));
      resolve();
    });
  });
  (async () => {
    await attempt('second works', [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }], { autoSelectFamily: true });
    await attempt('one', [{ address: '127.0.0.1', family: 4 }], { autoSelectFamily: true });
    await attempt('none', [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.3', family: 4 }], { autoSelectFamily: true });
    await attempt('nonsense', [{ address: 'nonsense', family: 4 }], { autoSelectFamily: true });
    server.close();
  })();
});

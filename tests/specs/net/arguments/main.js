// What connect, Socket and Server refuse.
const net = require('node:net');

function attempt(label, act) {
  try {
    const result = act();
    result.on?.('error', () => {});
    console.log(label, 'fine');
    result.destroy?.();
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
}
attempt('no port', () => net.connect({}));
attempt('port', () => net.connect({ port: -1 }));
attempt('port type', () => net.connect({ port: [] }));
attempt('host', () => net.connect({ port: 1, host: 1 }));
attempt('path', () => net.connect({ path: 1 }));
attempt('localAddress', () => net.connect({ port: 1, localAddress: 'x' }));
attempt('localPort', () => net.connect({ port: 1, localPort: 'x' }));
attempt('lookup', () => net.connect({ port: 1, lookup: 1 }));
attempt('autoSelectFamily', () => net.connect({ port: 1, autoSelectFamily: 1 }));
attempt('attempt timeout', () => net.connect({ port: 1, autoSelectFamilyAttemptTimeout: 0 }));
attempt('objectMode', () => new net.Socket({ objectMode: true }));
attempt('fd', () => new net.Socket({ fd: -1 }));
attempt('fd type', () => new net.Socket({ fd: 'x' }));
attempt('signal', () => new net.Socket({ signal: 1 }));
attempt('server options', () => net.createServer('x'));
attempt('delay', () => net.createServer({ keepAliveInitialDelay: 'x' }));
attempt('default', () => net.setDefaultAutoSelectFamily(1));
attempt('default timeout', () => net.setDefaultAutoSelectFamilyAttemptTimeout(0));
attempt('tos', () => new net.Socket().setTypeOfService(256));
console.log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout());
const socket = new net.Socket();
console.log(socket.address(), socket.remoteAddress, socket.bytesRead, socket.bytesWritten, socket.readyState, socket.pending);
console.log(socket.setNoDelay() === socket, socket.setKeepAlive(true, 1000) === socket, socket.ref() === socket);

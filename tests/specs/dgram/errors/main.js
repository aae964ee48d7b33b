// What is refused, and how.
const dgram = require('node:dgram');

function attempt(label, act) {
  try {
    console.log(label, act());
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
}
attempt('type', () => dgram.createSocket('udp5'));
attempt('lookup', () => dgram.createSocket({ type: 'udp4', lookup: 1 }));
const socket = dgram.createSocket('udp4');
attempt('no message', () => socket.send());
attempt('message', () => socket.send(1, 1, '127.0.0.1'));
attempt('list', () => socket.send([1], 1, '127.0.0.1'));
attempt('port', () => socket.send('x', 70000, '127.0.0.1'));
attempt('offset', () => socket.send('abc', 4, 1, 1, '127.0.0.1'));
attempt('length', () => socket.send('abc', 1, 3, 1, '127.0.0.1'));
attempt('sendto', () => socket.sendto('abc', '1'));
attempt('ttl', () => socket.setTTL('1'));
attempt('ttl unbound', () => socket.setTTL(1));
attempt('buffer', () => socket.getRecvBufferSize());
attempt('address', () => socket.address());
attempt('remote', () => socket.remoteAddress());
attempt('disconnect', () => socket.disconnect());
attempt('membership', () => socket.addMembership());
socket.bind(0, () => {
  attempt('twice', () => socket.bind(0));
  attempt('ttl', () => [socket.setTTL(1), socket.setMulticastTTL(255), socket.setMulticastLoopback(false)]);
  attempt('ttl', () => socket.setTTL(1000));
  attempt('interface', () => socket.setMulticastInterface('nonsense'));
  attempt('group', () => socket.addMembership('256.1.1.1'));
  attempt('size', () => socket.setRecvBufferSize(-1));
  attempt('queue', () => [socket.getSendQueueSize(), socket.getSendQueueCount()]);
  socket.close(() => {
    attempt('closed', () => socket.send('x', 1));
    attempt('closed', () => socket.close());
  });
});

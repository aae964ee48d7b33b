// More than the system takes at once, with pauses on the other side.
const net = require('node:net');
const { createHash } = (() => {
  // A plain sum is enough to see that every byte came in order.
  return { createHash: () => ({ sum: 0, update(bytes) { for (const byte of bytes) this.sum = (this.sum * 31 + byte) >>> 0; } }) };
})();

const SIZE = 4 * 1024 * 1024;
const data = Buffer.alloc(SIZE);
for (let i = 0; i < SIZE; i++) data[i] = (i * 7 + (i >> 8)) & 0xff;
const expected = createHash();
expected.update(data);

const server = net.createServer((socket) => {
  const got = createHash();
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    got.update(chunk);
    socket.pause();
    setImmediate(() => socket.resume());
  });
  socket.on('end', () => console.log(bytes === SIZE, got.sum === expected.sum));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    const accepted = client.write(data, () => console.log('written', client.bytesWritten));
    console.log('accepted at once', accepted, client.writableNeedDrain);
    client.once('drain', () => {
      console.log('drain');
      client.end();
    });
  });
  client.on('close', () => server.close());
});

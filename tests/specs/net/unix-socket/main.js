// A server with a path for an address.
const net = require('node:net');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'net-'));
const file = path.join(folder, 's');
const server = net.createServer((socket) => socket.pipe(socket));
server.listen(file, () => {
  console.log(server.address() === file, fs.statSync(file).isSocket());
  const client = net.connect(file);
  client.write('one ');
  client.end('two');
  client.setEncoding('utf8');
  let text = '';
  client.on('data', (data) => {
    text += data;
  });
  client.on('close', () => {
    console.log(text, client.remoteAddress, client.address());
    server.close(() => {
      console.log(fs.existsSync(file));
      fs.rmdirSync(folder);
    });
  });
});
net.connect(path.join(folder, 'none')).on('error', (error) => console.log(error.message.replace(folder, 'FOLDER')));

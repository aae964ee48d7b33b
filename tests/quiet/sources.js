// What tells something from outside: streams, children, messages, connections that are kept.
const fs = require('node:fs');
const http = require('node:http');
const zlib = require('node:zlib');
const readline = require('node:readline');
const { pipeline } = require('node:stream/promises');
const { exec, spawn } = require('node:child_process');
const { Writable } = require('node:stream');

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

async function streams() {
  await pipeline(fs.createReadStream(__filename), zlib.createGzip(), zlib.createGunzip(), nowhere());
  let letters = 0;
  for await (const line of readline.createInterface({ input: fs.createReadStream(__filename) })) letters += line.length;
  console.log(letters > 100);
}

function children() {
  exec('echo out', (error, out) => console.log(out.trim()));
  spawn('sh', ['-c', 'exit 3']).on('close', (code) => console.log('closed', code));
}

function messages() {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }) => { if (data === 2) port2.close(); };
  for (const number of [0, 1, 2]) port1.postMessage(number);
}

const server = http.createServer((_request, response) => response.end('ok')).listen(0, async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const get = () => new Promise((resolve, reject) => {
    http.get({ port: server.address().port, agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
  await Promise.all(Array.from({ length: 5 }, get));
  server.close();
  agent.destroy();
});

streams();
children();
messages();
process.on('exit', (code) => { fs.readFileSync(__filename); console.log('ends with', code); });

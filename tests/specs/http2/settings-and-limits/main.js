'use strict';

// Settings of extensions, errors of settings, and how much nonsense of the peer a server takes.

const { once } = require('events');
const http2 = require('http2');
const net = require('net');

const attempt = (label, what) => {
  try {
    console.log(label, what());
  } catch (error) {
    console.log(label, error.name, error.code, error.message, error.actual, error.min, error.max);
  }
};
const closed = (session) => new Promise((resolve) => {
  session.on('close', resolve);
});
const packed = (settings) => () => http2.getPackedSettings(settings).toString('hex');

attempt('packed', packed({ headerTableSize: 5, customSettings: { 9999: 301, 55: 7 } }));
for (const settings of [
  { enablePush: 1 }, { headerTableSize: 'x' }, { maxFrameSize: 1 }, { maxHeaderSize: -1 },
  { customSettings: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [100 + index, 1])) },
  { customSettings: { x: 50 } }, { customSettings: { 70000: 50 } }, { customSettings: { 0: 50 } },
  { customSettings: { 99: -1 } }, { customSettings: { 99: 2 ** 32 } }, { customSettings: 5 },
]) attempt('refused', packed(settings));
attempt('unpacked', () => http2.getUnpackedSettings(Buffer.from('270f0000012d000100000005', 'hex')));

async function custom() {
  const server = http2.createServer({ settings: { customSettings: { 1244: 456, 77: 1 } }, remoteCustomSettings: [55] });
  server.listen(0);
  await once(server, 'listening');
  const client = http2.connect(`http://localhost:${server.address().port}`, {
    settings: { customSettings: { 55: 12, 56: 13 } }, remoteCustomSettings: [1244],
  });
  const [session] = await once(server, 'session');
  const [local] = await once(client, 'localSettings');
  console.log(local, local === client.localSettings, client.remoteSettings.customSettings);
  console.log(session.localSettings.customSettings, session.remoteSettings.customSettings);
  client.close();
  server.close();
  await closed(client);
}

async function unconfirmed() {
  const server = http2.createServer();
  server.listen(0);
  await once(server, 'listening');
  const client = http2.connect(`http://localhost:${server.address().port}`, { maxOutstandingSettings: 2 });
  client.on('error', (error) => console.log(error.code, error.message));
  await once(client, 'connect');
  client.settings({ enablePush: false });
  console.log(client.destroyed, client.pendingSettingsAck);
  client.settings({ enablePush: false });
  console.log(client.destroyed);
  await closed(client);
  server.close();
}

function frame(type, flags, id, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, payload]);
}

/** Headers that are written as they are. */
const literal = (pairs) => Buffer.concat(pairs.map(([name, value]) =>
  Buffer.concat([Buffer.from([0x10, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)])));

/** Sends frames to a server and tells what it says of them. */
async function hostile(label, options, frames) {
  const server = http2.createServer(options);
  const lines = [];
  server.on('sessionError', (error) => lines.push(`sessionError ${error.code}`));
  server.on('stream', () => lines.push('stream'));
  server.listen(0);
  await once(server, 'listening');
  const socket = net.connect(server.address().port);
  socket.on('error', () => {});
  socket.resume();
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0), ...frames]));
  const [session] = await once(server, 'session');
  session.on('error', (error) => lines.push(`${error.code} ${error.message}`));
  await closed(session);
  socket.destroy();
  server.close();
  console.log(label, lines);
}

async function main() {
  await custom();
  await unconfirmed();
  const settings = (count) => [frame(4, 0, 0, Buffer.concat(Array(count).fill(Buffer.from('000300000064', 'hex'))))];
  await hostile('too many settings', {}, settings(33));
  await hostile('more than allowed', { maxSettings: 1 }, settings(2));
  const requests = (pairs) => Array.from({ length: 30 }, (_, index) => frame(1, 5, 2 * index + 1, literal(pairs)));
  await hostile('upper case', { maxSessionInvalidFrames: 10 },
    requests([[':method', 'GET'], [':path', '/'], [':scheme', 'http'], ['Upper', 'a']]));
  await hostile('no path', { maxSessionInvalidFrames: 10 }, requests([[':method', 'GET']]));
}

main();

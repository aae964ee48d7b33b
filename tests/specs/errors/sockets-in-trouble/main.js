'use strict';

// Servers and clients that run out of descriptors, and connections that are reset in the middle of what they say: what
// each side is told, and that both go on afterwards.

const { once } = require('events');
const http = require('http');
const net = require('net');
const { spawn } = require('child_process');

const local = { host: '127.0.0.1' };
const closed = (socket) => new Promise((resolve) => {
  socket.on('error', () => {}).on('close', resolve);
});

/** A server in a process of 40 descriptors: what it cannot serve it closes; later it serves again. */
async function fewDescriptors() {
  const script = `
    const server = require('net').createServer((socket) => socket.on('error', () => {}).resume().write('welcome'));
    server.on('error', (error) => console.log('error', error.code));
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));
    process.stdin.resume().on('end', () => process.exit());`;
  const child = spawn('sh', ['-c', 'ulimit -n 40; exec "$0" -e "$1"', process.execPath, script], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => { said += text; });
  await once(child.stdout, 'data');
  const port = Number.parseInt(said, 10);
  const sockets = [];
  for (let i = 0; i < 60; i++) {
    const socket = net.connect({ ...local, port });
    socket.answer = new Promise((resolve) => {
      socket.on('data', () => resolve(true)).on('error', () => resolve(false)).on('close', () => resolve(false));
    });
    sockets.push(socket);
    await socket.answer;
  }
  const served = (await Promise.all(sockets.map((socket) => socket.answer))).filter(Boolean).length;
  console.log('some are served, some are closed:', served > 0, served < 60);
  await Promise.all(sockets.map((socket) => {
    const end = closed(socket);
    socket.destroy();
    return socket.closed ? undefined : end;
  }));
  // The server sees those ends in its own time.
  for (let again = false; !again;) {
    const socket = net.connect({ ...local, port });
    again = await Promise.race([once(socket, 'data').then(() => true), closed(socket).then(() => false)]).catch(() => false);
    socket.destroy();
  }
  console.log('served again');
  child.stdin.end();
  console.log(await once(child, 'exit'), JSON.stringify(said.replace(/^\d+\n/, '')));
}

/** A client in such a process. */
async function fewForClient() {
  const script = `
    const fs = require('fs'); const net = require('net'); const open = [];
    const server = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1', () => {
      try { for (;;) open.push(fs.openSync('/dev/null')); } catch (error) { console.log(error.code); }
      const { port } = server.address();
      const tries = { net: () => net.connect(port, '127.0.0.1'), http: () => require('http').get({ port, host: '127.0.0.1' }),
        dgram: () => require('dgram').createSocket('udp4').bind(0, '127.0.0.1') };
      let left = Object.keys(tries).length;
      const gone = () => {
        if (--left > 0) return;
        open.forEach((fd) => fs.closeSync(fd));
        net.connect(port, '127.0.0.1').on('data', (text) => { console.log('again', String(text)); server.close(); });
      };
      for (const [name, act] of Object.entries(tries)) {
        try {
          act().on('error', ({ code, syscall }) => { console.log(name, code, syscall); gone(); });
        } catch (error) {
          console.log(name, 'threw', error.code, error.syscall);
          gone();
        }
      }
    });`;
  const child = spawn('sh', ['-c', 'ulimit -n 40; exec "$0" -e "$1"', process.execPath, script], { stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(await once(child, 'exit'));
}

/** Resets in the middle of a request, of an answer, of a tunnel. */
async function resets() {
  const seen = [];
  const server = http.createServer((request, response) => {
    const { url } = request;
    const note = (who) => (error) => seen.push(`${url} ${who} ${error.code} ${error.message}`);
    request.on('error', note('request')).on('aborted', () => seen.push(`${url} aborted`));
    request.on('close', () => seen.push(`${url} request closed, whole: ${request.complete}`));
    response.on('error', note('response')).on('close', () => seen.push(`${url} response closed, sent: ${response.writableFinished}`));
    if (url === '/upload') request.once('data', () => request.socket.emit('half'));
    else if (url === '/download') response.write('half', () => request.socket.emit('half'));
    else if (url === '/by-server') {
      server.once('half', () => request.socket.resetAndDestroy());
      response.write('half');
    } else response.end('whole');
  });
  server.on('clientError', (error, socket) => {
    seen.push(`clientError ${error.code}`);
    socket.destroy();
  });
  await once(server.listen({ ...local, port: 0 }), 'listening');
  const { port } = server.address();

  for (const [path, text] of [
    ['/upload', 'POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf'],
    ['/download', 'GET /download HTTP/1.1\r\nHost: a\r\n\r\n'],
  ]) {
    const [serving] = await Promise.all([
      new Promise((resolve) => {
        server.once('connection', (socket) => socket.once('half', () => resolve(socket)));
      }),
      new Promise((resolve) => {
        const socket = net.connect({ ...local, port }, () => socket.write(text, resolve));
        server.once('connection', (other) => other.once('half', () => setImmediate(() => socket.resetAndDestroy())));
      }),
    ]);
    await closed(serving);
    await new Promise(setImmediate);
    console.log(path, seen.splice(0).sort());
  }

  const request = http.get({ ...local, port, path: '/by-server' });
  const [response] = await once(request, 'response');
  request.on('error', ({ code, message }) => seen.push(`the client's request ${code} ${message}`));
  response.once('data', () => server.emit('half'));
  const [error] = await once(response, 'error');
  console.log('/by-server', error.code, error.message, response.complete, request.destroyed);
  await new Promise(setImmediate);
  console.log(seen.splice(0).sort());

  const [fine] = await once(http.get({ ...local, port, path: '/fine', agent: false }), 'response');
  console.log(String((await fine.toArray()).join('')));
  server.close();
}

(async () => {
  await fewDescriptors();
  await fewForClient();
  await resets();
})();

'use strict';

// A server that is told to stop while connections are open, in the ways in which programs answer: not at all, by
// closing and waiting, by breaking everything off, by ending the process. What it says, how it ends, what clients see.

const { fork } = require('child_process');
const http = require('http');
const net = require('net');

const ways = {
  'no handler': () => process.on('exit', () => console.log('server: never said')),
  'waits for the answer': (server) => process.on('SIGTERM', (...args) => {
    console.log('server:', ...args);
    server.close((error) => console.log('server: closed', error));
    setImmediate(() => server.emit('go on'));
  }),
  'breaks everything off': (server) => process.once('SIGTERM', () => {
    server.close(() => console.log('server: closed'));
    server.closeAllConnections();
  }),
  'only what is idle': (server) => process.once('SIGTERM', () => {
    server.closeIdleConnections();
    server.close(() => console.log('server: closed'));
    setImmediate(() => server.emit('go on'));
  }),
  'ends the process': () => process.on('SIGTERM', () => {
    process.on('exit', (code) => console.log('server: exit', code));
    process.exit(143);
  }),
  'handler, then the signal again': (server) => process.once('SIGTERM', () => {
    console.log('server: once');
    process.kill(process.pid, 'SIGTERM');
  }),
  'handler that throws': () => process.on('SIGTERM', () => {
    throw new Error('no');
  }),
  'disposes of the server': (server) => process.once('SIGTERM', async () => {
    setImmediate(() => server.emit('go on'));
    await server[Symbol.asyncDispose]();
    console.log('server: disposed', server.listening);
  }),
};

function serve(way) {
  const server = http.createServer((request, response) => {
    if (request.url === '/idle') {
      response.end('quick');
      return;
    }
    response.write('begun, ');
    server.once('go on', () => response.end('ended'));
  });
  ways[way](server);
  process.on('uncaughtExceptionMonitor', (error) => console.log('server: uncaught', error.message));
  server.listen(0, '127.0.0.1', () => process.send(server.address().port, () => process.disconnect()));
}

async function tryIt(way) {
  const child = fork(__filename, [way], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const said = [];
  child.stdout.setEncoding('utf8').on('data', (text) => said.push(text));
  const port = await new Promise((resolve) => {
    child.once('message', resolve);
  });

  const seen = {};
  const ends = [];
  const agent = new http.Agent({ keepAlive: true });
  const ask = (path, begun) => ends.push(new Promise((resolve) => {
    let body = '';
    const request = http.get({ port, host: '127.0.0.1', path, agent }, (response) => {
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
        begun?.();
      });
      response.on('end', () => {
        seen[path] = body;
        // Else the connection would stay for another request.
        if (path === '/slow') agent.destroy();
        resolve();
      });
      response.on('error', (error) => resolve(seen[path] = `${body}${error.code} ${error.message}`));
    });
    request.on('error', (error) => resolve(seen[path] = error.code));
    request.on('socket', (socket) => socket.setTimeout(0));
  }));
  // One connection has an answer to wait for, one waits for the next request, one never said anything.
  await new Promise((resolve) => ask('/slow', resolve));
  ask('/idle');
  await ends[1];
  const silent = net.connect(port, '127.0.0.1');
  ends.push(new Promise((resolve) => {
    silent.on('error', (error) => { seen.silent = error.code; });
    silent.on('end', () => { seen.silent = 'end'; });
    silent.on('close', resolve);
  }));
  silent.resume();
  await new Promise((resolve) => {
    silent.on('connect', resolve);
  });
  // The server has accepted it when it has answered another one that came later.
  await new Promise((resolve) => {
    http.get({ port, host: '127.0.0.1', path: '/idle', agent: false }, (response) => response.resume().on('end', resolve));
  });

  const ended = new Promise((resolve) => {
    child.on('close', (...how) => resolve(how));
  });
  child.kill('SIGTERM');
  const how = await ended;
  await Promise.all(ends);
  console.log(`${way}:`, how, child.signalCode, Object.entries(seen).sort());
  console.log(said.join('').trimEnd().replaceAll(/^/gm, '  '));
}

async function main() {
  for (const way of Object.keys(ways)) await tryIt(way);
}

if (process.argv[2]) serve(process.argv[2]);
else main();

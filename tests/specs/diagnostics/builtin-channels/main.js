'use strict';

// What built-in modules tell on channels, and when.

const dc = require('diagnostics_channel');
const path = require('path');

const CHANNELS = [
  'child_process', 'worker_threads', 'udp.socket', 'net.client.socket', 'net.server.socket', 'console.log', 'console.warn',
  'http.client.request.created', 'http.client.request.start', 'http.client.request.error', 'http.client.response.finish',
  'http.server.request.start', 'http.server.response.created', 'http.server.response.finish', 'locks.request.start',
  'locks.request.grant', 'locks.request.miss', 'locks.request.end',
];
const TRACINGS = ['child_process.spawn', 'module.require', 'module.import', 'net.server.listen'];

const lines = [];
const say = (...parts) => lines.push(parts.join(' '));
const show = (value) => (typeof value === 'string' ? path.basename(value) : typeof value);
const describe = (message) => Object.keys(message).map((key) => `${key}=${show(message[key])}`).join();

for (const name of CHANNELS) dc.subscribe(name, (message) => say(name, describe(message)));
for (const name of TRACINGS) {
  const handlers = {};
  for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
    handlers[event] = (message) => say(name, event, describe(message));
  }
  dc.tracingChannel(name).subscribe(handlers);
}

const once = (emitter, name) => new Promise((resolve) => {
  emitter.once(name, resolve);
});

const steps = {
  async children() {
    const { ChildProcess, spawn } = require('child_process');
    new ChildProcess();
    await once(spawn('true'), 'exit');
    await once(spawn('nowhere-at-all'), 'error');
  },
  async workers() {
    const { Worker } = require('worker_threads');
    await once(new Worker('0', { eval: true }), 'exit');
  },
  datagrams() {
    require('dgram').createSocket('udp4').close();
  },
  async http() {
    const http = require('http');
    const server = http.createServer((request, response) => response.end('x')).listen(0);
    await once(server, 'listening');
    const response = await once(http.get({ port: server.address().port }), 'response');
    await once(response.resume(), 'end');
    server.close();
    await once(server, 'close');
    const error = await once(http.get({ port: 1, host: '127.0.0.1' }), 'error');
    say(error.code);
  },
  async listening() {
    const net = require('net');
    const first = net.createServer().listen(0);
    await once(first, 'listening');
    const second = net.createServer().listen(first.address().port);
    say((await once(second, 'error')).code);
    first.close();
  },
  async modules() {
    await import('fs');
    await import('./nowhere.mjs').catch((error) => say(error.code));
    require('./other');
    try {
      require('nowhere');
    } catch (error) {
      say(error.code);
    }
  },
  async locks() {
    await navigator.locks.request('one', async () => {
      await navigator.locks.request('one', { ifAvailable: true }, () => {});
    });
  },
  console() {
    console.log('a line', 1);
    console.warn('a warning');
  },
};

(async () => {
  for (const [name, step] of Object.entries(steps)) {
    say(`== ${name}`);
    await step();
    await new Promise(setImmediate);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
})();

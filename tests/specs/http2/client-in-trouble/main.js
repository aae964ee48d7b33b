'use strict';

// What a client hears when it gives up before or after it is connected, and when the server breaks off.

const { once } = require('events');
const http2 = require('http2');
const net = require('net');

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR } = http2.constants;

/** What the server does with a stream. */
const answers = {
  ok(stream) {
    stream.respond();
    stream.end('x');
  },
  none() {},
  destroy: (stream) => stream.session.destroy(),
  reset: (stream) => stream.close(NGHTTP2_CANCEL),
  goaway: (stream) => stream.session.goaway(NGHTTP2_INTERNAL_ERROR),
};
let answer = answers.ok;
const server = http2.createServer();
server.on('session', (session) => session.on('error', () => {}));
server.on('stream', (stream) => {
  stream.on('error', () => {});
  answer(stream);
});

let lines = [];

function watch(name, emitter) {
  const events = ['aborted', 'close', 'end', 'error', 'goaway', 'ready', 'response'];
  for (const event of events) {
    emitter.on(event, (value) => {
      const said = value instanceof Error ? `${value.code} ${value.message}` : event === 'goaway' ? value : '';
      lines.push(`${name} ${event} ${said}`.replace(/:\d{2,5}\b/, ':PORT').trimEnd());
      if (event === 'response') emitter.resume();
    });
  }
  return emitter;
}

/** Runs a case until its session and its stream are closed. */
async function run(label, url, act) {
  lines = [];
  const session = watch('session', http2.connect(url));
  const closed = new Promise((resolve) => {
    session.on('close', resolve);
  });
  let over;
  const request = (headers, options) => {
    const stream = watch('stream', session.request(headers, options));
    over = new Promise((resolve) => {
      stream.on('close', resolve);
    });
    return stream;
  };
  await act(session, request);
  await Promise.all([closed, over]);
  console.log(label);
  for (const line of lines) console.log(' ', line);
}

const arrival = () => once(server, 'stream');

async function main() {
  server.listen(0);
  await once(server, 'listening');
  const url = `http://localhost:${server.address().port}`;
  const refused = net.createServer().listen(0);
  await once(refused, 'listening');
  const nobody = `http://127.0.0.1:${refused.address().port}`;
  refused.close();
  await once(refused, 'close');

  await run('refused', nobody, (session, request) => request());
  await run('closed before it is there', url, (session, request) => {
    request();
    session.close();
  });
  await run('closed without streams', url, (session) => session.close());
  await run('destroyed before it is there', url, (session, request) => {
    request();
    session.destroy();
  });
  await run('destroyed with an error', url, (session, request) => {
    request();
    session.destroy(new Error('mine'));
  });
  await run('request after close', url, (session, request) => {
    session.close();
    request();
  });
  await run('request after destroy', url, (session, request) => {
    session.destroy();
    request();
  });
  await run('stream closed first', url, (session, request) => {
    request().close();
    session.close();
  });
  await run('stream destroyed first', url, (session, request) => {
    request().destroy();
    session.close();
  });
  await run('stream destroyed with an error', url, (session, request) => {
    request().destroy(new Error('mine'));
    session.close();
  });
  await run('aborted', url, (session, request) => {
    const controller = new AbortController();
    request({}, { signal: controller.signal });
    controller.abort();
    session.close();
  });
  for (const name of ['destroy', 'reset', 'goaway']) {
    answer = answers[name];
    await run(`server: ${name}`, url, async (session, request) => {
      const stream = request();
      stream.on('close', () => session.destroy());
      await arrival();
    });
  }
  answer = answers.none;
  for (const code of [0, NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR]) {
    await run(`closed with ${code}`, url, async (session, request) => {
      const stream = request();
      await arrival();
      stream.close(code);
      stream.on('close', () => session.close());
    });
  }
  for (const args of [[], [new Error('mine')], [2], [0], [undefined, 2]]) {
    await run(`destroyed with ${args}`, url, async (session, request) => {
      const stream = request();
      stream.on('close', () => lines.push(`code ${stream.rstCode}`));
      await arrival();
      session.destroy(...args);
    });
  }
  await run('ping', url, async (session, request) => {
    request();
    await arrival();
    session.ping((error) => lines.push(`ping ${error?.code}`));
    session.destroy();
  });
  for (const [label, said] of [['not HTTP/2', 'HTTP/1.1 400 Bad Request\r\n\r\n'], ['hangs up', '']]) {
    const other = net.createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end(said)).resume();
    }).listen(0);
    await once(other, 'listening');
    await run(label, `http://localhost:${other.address().port}`, (session, request) => request());
    other.close();
  }
  server.close();
}

main();

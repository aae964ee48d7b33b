// What a client sends, and what becomes of its mistakes.
const http = require('node:http');
const { duplexPair } = require('node:stream');

function send(options, act = (request) => request.end()) {
  return new Promise((resolve) => {
    const [mine, theirs] = duplexPair();
    let text = '';
    theirs.setEncoding('latin1').on('data', (data) => {
      text += data;
    });
    const request = http.request({ host: 'example.org', ...options, createConnection: () => mine }, (response) => {
      response.resume().on('end', () => {
        console.log(JSON.stringify(text), response.statusCode, response.statusMessage, response.headers);
        resolve();
      });
    });
    act(request);
    request.on('finish', () => setImmediate(() => theirs.end('HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nA: b\r\n\r\nok')));
  });
}

(async () => {
  await send({});
  await send({ path: '/a?b', port: 81, headers: { A: 'b', c: ['d', 'e'] } });
  await send({ headers: ['Host', 'x', 'A', 'b'] });
  await send({ auth: 'user:secret', setHost: false });
  await send({ setDefaultHeaders: false });
  await send({ method: 'post' }, (request) => request.end('text'));
  await send({ method: 'PUT' }, (request) => {
    request.write('one');
    request.end('two');
  });
  await send({ method: 'DELETE' }, (request) => request.end('x'));
  for (const bad of [
    { path: '/a b' }, { method: 'A B' }, { method: 1 }, { protocol: 'https:' }, { host: 1 }, { agent: 1 }, { timeout: 'x' },
    { insecureHTTPParser: 1 }, { headers: { 'a b': 1 } }, { maxHeaderSize: 'x' }, { signal: 1 },
  ]) {
    try {
      http.request(bad);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  try {
    http.get('nonsense');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
})();

'use strict';

// What sessions tell of themselves, and frames about where else to ask.
const http2 = require('http2');
const util = require('util');
const shown = (value) => util.inspect(value, { depth: 0 }).replace(/(localhost|127\.0\.0\.1):\d+/g, '$1:PORT');
const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    return `${error.name} ${error.code} ${error.message}`;
  }
};

let facts;
const server = http2.createServer();
server.on('session', (session) => {
  console.log('server', session.type, session.server === server, session.goawayCode, session.goawayLastStreamID);
  session.altsvc('h2=":8000"', 'https://example.org:8111/this');
  session.altsvc('h2=":8001"', { origin: 'https://example.com' });
  for (const [alt, to] of [[5], ['a', 0], ['a', 1.5], ['a', {}], ['a', 'abc:'], ['\u0001'], ['a', `http://${'a'.repeat(17000)}.org`]]) {
    console.log(attempt(() => session.altsvc(alt, to)));
  }
  for (const origin of [5, {}, 'foo://bar', 'no url', `http://${'a'.repeat(17000)}`]) {
    console.log(attempt(() => session.origin(origin)).replace(/a{9,}/, 'aa'));
  }
});
server.on('stream', (stream) => {
  stream.session.altsvc('h2=":9000"', stream.id);
  facts = [stream.headRequest, stream.endAfterHeaders, stream.aborted, stream.sentTrailers];
  stream.respond({ ':status': 200 });
  stream.end();
});
server.listen(0, async () => {
  const client = await util.promisify(http2.connect)(`http://localhost:${server.address().port}`);
  console.log('client', client.type, client.goawayCode, client.goawayLastStreamID, client.originSet);
  for (const id of [undefined, 0, -1, 'x', 2 ** 32]) console.log(attempt(() => client.setNextStreamID(id)));
  client.setNextStreamID(7);
  let alternatives = 0;
  client.on('altsvc', (alt, origin, id) => {
    console.log('altsvc', alt, origin, id);
    if (++alternatives === 3) {
      client.close();
      server.close();
    }
  });
  const request = client.request({ ':method': 'HEAD' });
  console.log(shown(request).split('\n').slice(0, 4));
  request.on('response', (headers) => console.log(headers[':status'], request.id, request.headRequest));
  request.resume();
  client.on('close', () => console.log(shown(client).split('\n').slice(0, 4), facts));
});

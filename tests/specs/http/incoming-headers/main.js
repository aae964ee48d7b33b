// Headers that come several times.
const http = require('node:http');
const { duplexPair } = require('node:stream');

const lines = [
  'Host: a', 'HOST: b', 'Accept: x', 'accept: y', 'Cookie: a=1', 'Cookie: b=2', 'Set-Cookie: c', 'Set-Cookie: d',
  'Referer: one', 'Referer: two', 'X-Empty:', 'X-Spaces: \t in  the middle \t', '__proto__: p', 'Age: 1', 'Age: 2',
];
for (const joinDuplicateHeaders of [false, true]) {
  const server = http.createServer({ joinDuplicateHeaders }, (request, response) => {
    console.log(request.headers);
    console.log(request.headersDistinct);
    console.log(request.rawHeaders.join('|'));
    request.resume().on('end', () => {
      console.log(request.trailers, request.trailersDistinct, request.rawTrailers, request.complete);
      response.end();
    });
  });
  const [client, side] = duplexPair();
  server.emit('connection', side);
  client.resume().end(`POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n0\r\nT: 1\r\nt: 2\r\n\r\n`);
}

// What a server says to requests that are wrong, and what it takes them for. Each case is a connection of its own; two
// requests in one must not be taken for one, nor one for two.
const http = require('http');
const net = require('net');

const cases = {
  'plain': 'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'no host': 'GET / HTTP/1.1\r\n\r\n',
  'two hosts': 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'length and chunked': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n',
  'chunked and length': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n',
  'two lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
  'same length twice': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
  'list of lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc',
  'negative length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc',
  'length with plus': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc',
  'hexadecimal length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc',
  'empty length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n',
  'huge length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nabc',
  'space before colon': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc',
  'space before name': 'POST / HTTP/1.1\r\nHost: a\r\n Content-Length: 3\r\n\r\nabc',
  'folded header': 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n',
  'folded encoding': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n',
  'unknown encoding': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  'chunked is not last': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'chunked twice': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'gzip, chunked': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
  'encoding in quotes': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n',
  'encoding with tab': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n',
  'encoding in HTTP/1.0': 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'chunk size with plus': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n',
  'chunk size in quotes': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"3"\r\nabc\r\n0\r\n\r\n',
  'chunk size with 0x': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n',
  'huge chunk size': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n',
  'empty chunk size': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n',
  'chunk extension': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b;c="d"\r\nabc\r\n0\r\n\r\n',
  'chunk extension with line feed': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a\nabc\r\n0\r\n\r\n',
  'chunk longer than said': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n',
  'line feed after chunk size': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n',
  'line feed after chunk': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n',
  'trailers': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Trailer: t\r\n\r\n',
  'trailer with a length': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n',
  'bare line feeds': 'GET / HTTP/1.1\nHost: a\n\n',
  'carriage return in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n',
  'line feed in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n',
  'null in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n',
  'null in a name': 'GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n',
  'control in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX: a\x01b\r\n\r\n',
  'bytes above 127 in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX: \xe4\xff\r\n\r\n',
  'bytes above 127 in the path': 'GET /\xe4\xff HTTP/1.1\r\nHost: a\r\n\r\n',
  'header without a name': 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n',
  'header without a colon': 'GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n',
  'name with a brace': 'GET / HTTP/1.1\r\nHost: a\r\nX{: b\r\n\r\n',
  'empty value': 'GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n',
  'small method': 'get / HTTP/1.1\r\nHost: a\r\n\r\n',
  'unknown method': 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n',
  'empty method': ' / HTTP/1.1\r\nHost: a\r\n\r\n',
  'two spaces after the method': 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n',
  'tab after the method': 'GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'two spaces before the version': 'GET /  HTTP/1.1\r\nHost: a\r\n\r\n',
  'space in the path': 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
  'path without a slash': 'GET a HTTP/1.1\r\nHost: a\r\n\r\n',
  'absolute address': 'GET http://b/c HTTP/1.1\r\nHost: a\r\n\r\n',
  'asterisk': 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'HTTP/1.0': 'GET / HTTP/1.0\r\n\r\n',
  'HTTP/1.2': 'GET / HTTP/1.2\r\nHost: a\r\n\r\n',
  'HTTP/2.0': 'GET / HTTP/2.0\r\nHost: a\r\n\r\n',
  'HTTP/11.1': 'GET / HTTP/11.1\r\nHost: a\r\n\r\n',
  'small http': 'GET / http/1.1\r\nHost: a\r\n\r\n',
  'hello of TLS': '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03',
  'empty lines first': '\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'line feed first': '\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'space first': ' GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'space after the version': 'GET / HTTP/1.1 \r\nHost: a\r\n\r\n',
  'too much in the body': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabcd',
  'body of GET': 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc',
  'two at once': 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n',
  'close, then another': 'GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n',
  'after garbage': 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nXXXX\r\n\r\n',
  'cut in the request line': 'GET /',
  'cut in the headers': 'GET / HTTP/1.1\r\nHost: a\r\nX: ',
  'cut in the body': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc',
  'cut in a chunk': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
  'cut before the last chunk': 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
  'headers of 20 KB': `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  'path of 20 KB': `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  'thousands of headers': `GET / HTTP/1.1\r\nHost: a\r\n${'A: b\r\n'.repeat(2500)}\r\n`,
  'chunk extension of 20 KB': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;${'y'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`,
  'expects the impossible': 'POST / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\na',
  'upgrade nobody takes': 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
  'CONNECT nobody takes': 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
};

let seen = [];
const server = http.createServer((request, response) => {
  let body = '';
  const said = `${request.method} ${request.url.slice(0, 20)} ${request.httpVersion} [${request.rawHeaders.length > 20 ? request.rawHeaders.length : request.rawHeaders.map((word) => JSON.stringify(word.slice(0, 20)))}]`;
  request.setEncoding('latin1').on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    seen.push(`${said} body=${JSON.stringify(body)} trailers=${JSON.stringify(request.trailers)}`);
    response.end('ok');
  });
  request.on('error', (error) => seen.push(`${said} body=${JSON.stringify(body)} error ${error.code} ${error.message}`));
});
server.on('clientError', (error, socket) => {
  seen.push(`refused: ${error.code}`);
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  socket.end(`HTTP/1.1 ${error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400} x\r\n\r\n`);
});

function tryIt(text, port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer.match(/HTTP\/1\.1 \d+|connection: \w+/gi) ?? 'nothing'));
    socket.end(Buffer.from(text, 'latin1'));
  });
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (const [name, text] of Object.entries(cases)) {
    seen = [];
    const answer = await tryIt(text, port);
    console.log(`${name}\n  ${seen.join('\n  ') || 'no request'}\n  -> ${answer}`);
  }
  server.close();
});

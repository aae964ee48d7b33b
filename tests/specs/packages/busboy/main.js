'use strict';
// A form with fields and files, uploaded in small pieces.
const http = require('http');
const busboy = require('busboy');

const server = http.createServer((req, res) => {
  const found = [];
  const form = busboy({ headers: req.headers });
  form.on('field', (name, value) => found.push([name, value]));
  form.on('file', (name, file, info) => {
    let size = 0;
    file.on('data', (chunk) => (size += chunk.length));
    file.on('close', () => found.push([name, info.filename, info.mimeType, size]));
  });
  form.on('close', () => res.end(JSON.stringify(found)));
  req.pipe(form);
}).listen(0, '127.0.0.1', () => {
  const boundary = 'xxBOUNDARYxx';
  const parts = [
    `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nHällo\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n`,
    'line\n'.repeat(5000), `\r\n--${boundary}--\r\n`,
  ].join('');
  const request = http.request({
    port: server.address().port, host: '127.0.0.1', method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }, (response) => {
    response.setEncoding('utf8');
    response.on('data', (text) => console.log(text));
    response.on('end', () => server.close());
  });
  for (let at = 0; at < parts.length; at += 777) request.write(parts.slice(at, at + 777));
  request.end();
});

'use strict';

// Much data through a file stream, a transform, a socket and a slow reader: memory stays where it was. The full size in
// megabytes: `loopscope-node main.js 1024`.

const fs = require('fs');
const http = require('http');
const { Transform, Writable } = require('stream');
const { pipeline } = require('stream/promises');

const bytes = Number(process.argv[2] ?? 100) * 1024 * 1024;
const LIMIT = 100 * 1024 * 1024;

let passed = 0;
const server = http.createServer((request, response) => {
  const numbered = new Transform({
    transform(chunk, encoding, done) {
      passed += chunk.length;
      done(null, chunk);
    },
  });
  pipeline(fs.createReadStream('/dev/zero', { end: bytes - 1 }), numbered, response).catch((error) => console.log(error.code));
});

server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, async (response) => {
    const before = process.memoryUsage().rss;
    let peak = before;
    let farthest = 0;
    let read = 0;
    let pieces = 0;
    await pipeline(response, new Writable({
      write(chunk, encoding, done) {
        read += chunk.length;
        farthest = Math.max(farthest, passed - read);
        if (++pieces % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss);
        // Slower than what sends.
        setImmediate(done);
      },
    }));
    console.log('read', read === bytes, 'sent', passed === bytes);
    console.log('never more than 16 MB on the way:', farthest < 16 * 1024 * 1024);
    console.log('memory grew by less than 100 MB:', peak - before < LIMIT);
    server.close(() => console.log('closed'));
  });
});

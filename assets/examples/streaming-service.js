// A service that streams: it makes data as fast as it is read, and not faster.
//
// The reader is slow on purpose. Look at what the maker does: it stops whenever the buffers between the two are full
// (back-pressure), so the memory stays flat however much is sent.

const http = require('http');
const { Readable, Transform, Writable } = require('stream');
const { pipeline } = require('stream/promises');
const zlib = require('zlib');

const ROWS = 4000;
let made = 0;
let read = 0;
let most = 0;

/** Makes rows when somebody wants them. */
function rows() {
  return new Readable({
    highWaterMark: 4096,
    read() {
      if (made === ROWS) return void this.push(null);
      this.push(`${made++},${Math.sin(made).toFixed(6)},${'measured '.repeat(12)}\n`);
    },
  });
}

/** Every row in capitals. */
function capitals() {
  return new Transform({
    transform(chunk, encoding, done) {
      done(null, chunk.toString().toUpperCase());
    },
  });
}

const server = http.createServer(async function stream(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' });
  await pipeline(rows(), capitals(), zlib.createGzip(), response);
});

/** Takes a while for every part. */
function slowReader() {
  let rest = '';
  return new Writable({
    highWaterMark: 4096,
    write(chunk, encoding, done) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      read += lines.length;
      most = Math.max(most, made - read);
      setTimeout(done, 1);
    },
  });
}

server.listen(0, '127.0.0.1', function listening() {
  http.get({ port: server.address().port, host: '127.0.0.1' }, async function answered(response) {
    console.log('status', response.statusCode, response.headers['content-encoding']);
    await pipeline(response, zlib.createGunzip(), slowReader());
    console.log(`${read} of ${ROWS} rows read`);
    console.log('all rows were made before the first was read:', most >= ROWS);
    server.close();
  });
});

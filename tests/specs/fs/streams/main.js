// Streams of files: chunks, ranges, ends, errors.
const fs = require('fs');
const path = require('path');
const file = path.join(require('os').tmpdir(), 's.txt');
const out = fs.createWriteStream(file);
out.write('hello ');
out.write('big ');
out.end('world');
out.on('finish', () => {
  console.log('finish', out.bytesWritten, path.basename(out.path));
  const input = fs.createReadStream(file, { encoding: 'utf8', start: 6, end: 12, highWaterMark: 4 });
  input.on('open', (fd) => console.log('open', typeof fd));
  input.on('data', (chunk) => console.log('data', chunk));
  input.on('end', () => console.log('end', input.bytesRead));
  input.on('close', () => {
    console.log('close');
    fs.createReadStream('missing').on('error', (e) => console.log('error', e.message));
  });
});

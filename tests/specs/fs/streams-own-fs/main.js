// Streams on functions of the script instead of those of fs.
const fs = require('fs');
const calls = [];
const own = (content) => ({
  open(path, flags, mode, callback) { calls.push(['open', path, flags, mode]); process.nextTick(callback, null, 42); },
  close(fd, callback) { calls.push(['close', fd]); process.nextTick(callback); },
  read(fd, buffer, offset, length, position, callback) {
    calls.push(['read', fd, offset, length, position]);
    const count = content.copy(buffer, offset, position ?? 0, Math.min((position ?? 0) + length, content.length));
    content = position === undefined ? content.subarray(count) : content;
    process.nextTick(callback, null, count, buffer);
  },
  write(fd, buffer, offset, length, position, callback) { calls.push(['write', fd, String(buffer), offset, length, position]); process.nextTick(callback, null, Math.min(length, 2), buffer); },
});
const r = fs.createReadStream('in', { fs: own(Buffer.from('hello world')), highWaterMark: 6, encoding: 'latin1' });
r.on('data', (text) => console.log(text));
r.on('close', () => {
  console.log(calls.splice(0));
  const w = fs.createWriteStream('out', { fs: own(Buffer.alloc(0)) });
  w.write('abcde');
  w.end('f');
  w.on('close', () => console.log(calls, w.bytesWritten));
});

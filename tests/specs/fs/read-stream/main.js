// ReadStream: chunks, ranges, closing, destroying, wrong options.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'rs-')));
fs.writeFileSync('f', '0123456789abcdefghij');
const follow = (stream, label, events) => new Promise((resolve) => {
  for (const event of events) stream.on(event, (...args) => console.log(label, event, ...args.map((a) => (Buffer.isBuffer(a) ? `<${a}>` : a instanceof Error ? a.message : typeof a === 'number' ? 'number' : a))));
  stream.once('close', resolve);
});
(async () => {
  const first = fs.createReadStream('f', { highWaterMark: 8 });
  console.log(first.pending, first.fd, first.autoClose, first.flags, first.mode, first.path, first.bytesRead);
  await follow(first, 'A', ['open', 'ready', 'data', 'end', 'close']);
  console.log(first.pending, first.fd, first.bytesRead, first.destroyed, first.closed);
  await follow(fs.createReadStream('f', { start: 3, end: 3 }), 'B', ['data', 'end']);
  await follow(fs.createReadStream('f', { start: 100 }).resume(), 'C', ['data', 'end']);
  await follow(fs.createReadStream('f', { encoding: 'hex', end: 4 }), 'D', ['data']);
  await follow(fs.createReadStream('missing'), 'E', ['open', 'ready', 'error', 'close']);
  const destroyed = fs.createReadStream('f');
  destroyed.destroy(new Error('boom'));
  await follow(destroyed, 'F', ['open', 'error', 'end', 'close']);
  const fd = fs.openSync('f');
  await follow(fs.createReadStream(null, { fd, start: 2, end: 5 }), 'G', ['open', 'data', 'end']);
  try { fs.fstatSync(fd); } catch (e) { console.log(e.message); }
  const open = fs.createReadStream('f', { autoClose: false, encoding: 'utf8' });
  await new Promise((resolve) => open.on('data', (text) => console.log('H', text)).on('end', resolve));
  console.log(typeof open.fd, open.destroyed);
  await new Promise((resolve) => open.close(resolve));
  const controller = new AbortController();
  const aborted = fs.createReadStream('f', { signal: controller.signal });
  controller.abort();
  await follow(aborted, 'I', ['open', 'data', 'error', 'close']);
  for await (const chunk of fs.createReadStream('f', { encoding: 'utf8', highWaterMark: 7 })) console.log('iterated', chunk);
  console.log(fs.ReadStream('f').destroy() instanceof fs.ReadStream);
  for (const args of [['f', { start: '1' }], ['f', { start: -1 }], ['f', { end: 'x' }], ['f', { start: 5, end: 2 }], ['f', 'nope'], ['f', 5], [5], [], ['f', { fd: 'x' }], ['f', { fd: -1 }], ['f', { fs: {} }], ['f', { signal: 5 }], ['f', { highWaterMark: 'x' }]])
    try { fs.createReadStream(...args); } catch (e) { console.log(e.name, e.code, e.message); }
})();

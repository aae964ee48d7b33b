// FileHandle: reading and writing in all their forms.
const fs = require('fs/promises');
const file = require('path').join(require('os').tmpdir(), 'fh.txt');
const attempt = async (label, run) => {
  try { console.log(label, await run()); } catch (e) { console.log(label, e.name, e.code, e.message); }
};
(async () => {
  await fs.writeFile(file, 'hello world');
  const h = await fs.open(file, 'r+');
  await attempt('read options', async () => (await h.read({ length: 3 })).bytesRead);
  await attempt('read buffer', () => h.read(Buffer.alloc(4)));
  await attempt('read offset length', () => h.read(Buffer.alloc(4), 1, 2));
  await attempt('read buffer options', () => h.read(Buffer.alloc(4), { position: 0, length: 2 }));
  await attempt('read nothing', () => h.read(Buffer.alloc(4), 0, 0));
  await attempt('read into empty', () => h.read(Buffer.alloc(0)));
  await attempt('read 5', () => h.read(5));
  await attempt('read wrong position', () => h.read(Buffer.alloc(4), 0, 2, 'x'));
  await attempt('read negative position', () => h.read(Buffer.alloc(4), 0, 2, -5));
  await attempt('read bigint position', () => h.read(Buffer.alloc(4), 0, 2, 4n));
  await attempt('read too far', () => h.read(Buffer.alloc(4), 5, 2));
  await attempt('read too much', () => h.read(Buffer.alloc(4), 0, 8));
  await attempt('write 5', () => h.write(5));
  await attempt('write part', () => h.write(Buffer.from('abc'), { offset: 1, length: 2, position: 0 }));
  await attempt('write nothing', () => h.write(Buffer.alloc(0)));
  await attempt('write half a byte', () => h.write('abc', null, 'hex'));
  await attempt('write text', () => h.write('é', 3, 'latin1'));
  await attempt('writev', () => h.writev([Buffer.from('1'), Buffer.from('22')], 0));
  await attempt('writev none', () => h.writev([]));
  await attempt('readv', () => h.readv([Buffer.alloc(2), Buffer.alloc(2)], 0));
  await attempt('readv wrong', () => h.readv('x'));
  await attempt('stat', async () => (await h.stat({ bigint: true })).size);
  await attempt('truncate', () => h.truncate(-5));
  await attempt('truncate wrong', () => h.truncate(1.5));
  await attempt('chown wrong', () => h.chown('x', 0));
  await attempt('utimes wrong', () => h.utimes('x', 0));
  await attempt('chmod wrong', () => h.chmod());
  await attempt('appendFile', () => h.appendFile('zz'));
  await attempt('readFile at the end', () => h.readFile({ encoding: 'utf8' }));
  await attempt('writeFile of pieces', () => h.writeFile(['a', 'b']));
  await attempt('writeFile of later pieces', () => h.writeFile((async function* () { yield 'q'; yield new Uint8Array([65]); })()));
  await attempt('writeFile object', () => h.writeFile({ a: 1 }));
  await attempt('fs.writeFile(handle)', () => fs.writeFile(h, 'x'));
  await attempt('fs.readFile(handle)', () => fs.readFile(h));
  await attempt('fs.appendFile(handle)', () => fs.appendFile(h, 'x'));
  h.on('close', () => console.log('close event'));
  const closing = h.close();
  console.log(h.fd, h.close() === closing, await closing, await h.close());
  for (const name of ['write', 'readFile', 'writeFile', 'truncate', 'sync', 'datasync', 'chmod', 'chown', 'utimes', 'readv', 'writev', 'appendFile', 'read', 'stat'])
    await h[name]('', '').catch((e) => console.log(name, e.syscall, e.code, e.message));
  console.log(JSON.stringify(await fs.readFile(file, 'latin1')));
})();

// The promise form: files, handles, lines of work in order.
import fs, { open, readFile, writeFile, appendFile, stat, unlink, rename, copyFile, access, constants, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const file = join(tmpdir(), 'p.txt');
console.log(await writeFile(file, 'one\n'), await appendFile(file, 'two\nthree'), await readFile(file, 'utf8'), (await readFile(file)).length);
await writeFile(`${file}.iter`, (function* () { yield 'a'; yield 'b'; })());
console.log(await readFile(`${file}.iter`, 'utf8'), await access(file), (await stat(file)).size, await copyFile(file, `${file}2`), await rename(`${file}2`, `${file}3`), await unlink(`${file}3`));
const handle = await open(file, 'r+');
console.log(typeof handle.fd, (await handle.stat()).size, await handle.write('XX', 4), (await handle.read(Buffer.alloc(5), 0, 5, 0)).buffer.toString(), await handle.truncate(8), await handle.readFile('utf8'));
console.log(await handle.writeFile('end'), await handle.sync(), await handle.datasync(), await handle.chmod(0o600), await handle.utimes(1, 2), await handle.close(), handle.fd);
await handle.read().catch((e) => console.log(e.code, e.message, e.syscall));
for await (const line of (await open(file)).readLines()) console.log('line', line);
await truncate(file, 2);
console.log(await readFile(file, { encoding: 'utf8' }), constants === fs.constants, (await import('node:fs')).promises === fs);
await access('missing').catch((e) => console.log(e.message, e instanceof Error));
const ac = new AbortController();
const reading = readFile(file, { signal: ac.signal });
ac.abort();
await reading.catch((e) => console.log(e.name, e.code, e.message));
{
  await using h = await open(file);
  console.log(h.fd > 0);
}
const [a, b] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
console.log(a, b.size, Object.prototype.toString.call(handle), handle.constructor.name);

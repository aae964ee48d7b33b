import { createReadStream, createWriteStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as archiver from 'archiver';

const folder = mkdtempSync(join(tmpdir(), 'archive-'));
writeFileSync(join(folder, 'a.txt'), 'alpha '.repeat(100));
const make = archiver.ZipArchive ? () => new archiver.ZipArchive({ zlib: { level: 9 } }) : () => archiver.default('zip', { zlib: { level: 9 } });
const archive = make();
const out = createWriteStream(join(folder, 'out.zip'));
archive.pipe(out);
archive.on('entry', (entry) => console.log('entry', entry.name));
archive.append('text', { name: 'text.txt', date: new Date(0) });
archive.append(createReadStream(join(folder, 'a.txt')), { name: 'deep/a.txt', date: new Date(0) });
archive.append(Buffer.from('bytes'), { name: 'b.bin', date: new Date(0), store: true });
await Promise.all([archive.finalize(), new Promise((resolve) => out.on('close', resolve))]);
const bytes = readFileSync(join(folder, 'out.zip'));
console.log(bytes.subarray(0, 4), bytes.includes('deep/a.txt'), bytes.length < 700);

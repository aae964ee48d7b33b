'use strict';

// ZIP archives in memory: what is written, what is read, and archives that are broken.

const zlib = require('zlib');
const { ZipBuffer, ZipEntry, createZipArchive, createZipArchiveSync } = zlib;

const modified = new Date(2024, 4, 6, 7, 8, 10);
const store = { method: 'store', modified };
const archive = (...entries) => Buffer.concat([...createZipArchiveSync(entries)]);
const attempt = (label, what) => {
  try {
    console.log(label, what());
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
};

// Written.
const text = ZipEntry.createSync('a.txt', Buffer.from('hello'), { ...store, comment: 'c', mode: 0o600 });
console.log(text, text.name, text.nameBuffer, text.size, text.compressedSize, text.crc32, text.mode, text.comment, text.method,
  text.compressed, text.isFile, text.isDirectory, text.isSymlink, text.rawContent, text.flags, text instanceof ZipEntry);
const folder = ZipEntry.createSync('b/', Buffer.alloc(0), { modified });
const link = ZipEntry.createSymlink('ln', 'target', { modified });
const odd = ZipEntry.createSync('ü.bin', new Uint16Array([1, 2]), store);
for (const entry of [text, folder, link, odd]) {
  console.log(entry.name, entry.mode.toString(8), entry.isDirectory, entry.isSymlink, archive(entry).toString('hex'));
}
for (const options of [undefined, 'a comment', { baseOffset: 100, comment: 'q' }]) {
  console.log(Buffer.concat([...createZipArchiveSync([text], options)]).toString('hex'));
}
for (const time of [new Date(1970, 1, 1), new Date(2200, 1, 1)]) {
  console.log(archive(ZipEntry.createSync('old', Buffer.from('b'), { modified: time })).toString('hex'));
}

// Read again.
const all = new ZipBuffer(Buffer.concat([...createZipArchiveSync([text, folder, link, odd], 'hi')]));
console.log(all, all.size, all.comment, all.writable, [...all.keys()], all.has('ln'), all.has('no'));
for (const [name, entry] of all) console.log(name, entry.modified - modified, entry.comment, entry.contentSync());
const precise = new Date(2024, 4, 6, 7, 8, 11, 999);
console.log(new ZipBuffer(archive(ZipEntry.createSync('t', Buffer.from('x'), { modified: precise }))).get('t').modified - precise);
for (const method of ['deflate', 'zstd']) {
  const entry = ZipEntry.createSync('m', Buffer.alloc(1000, 'A'), { method, modified });
  const again = new ZipBuffer(archive(entry)).get('m');
  console.log(method, entry.method, entry.compressed, again.compressedSize < 50, again.contentSync().equals(Buffer.alloc(1000, 'A')));
}
attempt('get', () => all.get('nope'));
attempt('add', () => [all.addSync('a.txt', Buffer.from('new'), store).size, all.addEntry(link) === link, all.size]);
attempt('delete', () => [all.delete('b/'), all.delete('b/')]);
attempt('bytes', () => all.toBufferSync().toString('hex'));
attempt('forEach', () => {
  all.forEach(function (entry, name, buffer) {
    console.log(name, entry.name, buffer === all, this.x);
  }, { x: 1 });
});
attempt('clear', () => [all.clear(), all.size]);

// Arguments that are no use.
for (const [label, what] of Object.entries({
  'no archive': () => new ZipBuffer(Buffer.from('nope')),
  'no bytes': () => new ZipBuffer(5),
  'no name': () => ZipEntry.createSync(),
  'empty name': () => ZipEntry.createSync('', Buffer.alloc(0)),
  'folder with content': () => ZipEntry.createSync('x/', Buffer.from('a')),
  'text': () => ZipEntry.createSync('x', 'str'),
  'method': () => ZipEntry.createSync('x', Buffer.from('a'), { method: 'x' }),
  'mode': () => ZipEntry.createSync('x', Buffer.from('a'), { mode: 'x' }),
  'modified': () => ZipEntry.createSync('x', Buffer.from('a'), { modified: 5 }),
  'comment': () => ZipEntry.createSync('x', Buffer.from('a'), { comment: 5 }),
  'long name': () => ZipEntry.createSync('x'.repeat(70000), Buffer.from('a')),
  'link': () => ZipEntry.createSymlink('a', 5),
  'streamed folder': () => ZipEntry.createStream('a/', []),
  'long comment': () => [...createZipArchiveSync([], 'x'.repeat(70000))],
  'options': () => [...createZipArchiveSync([], 5)],
  'offset': () => [...createZipArchiveSync([], { baseOffset: -1 })],
  'entry': () => all.addEntry(5),
  'callback': () => all.forEach(5),
  'most': () => zlib.setMaxZipContentSize(-1),
})) attempt(label, what);
console.log(zlib.getMaxZipContentSize());
zlib.setMaxZipContentSize(3);
attempt('too large', () => text.contentSync());
attempt('large enough', () => text.contentSync({ maxSize: 100 }).length);
zlib.setMaxZipContentSize(1 << 28);

// Broken archives: `change` gets the bytes and where the list and the end begin.
const broken = (label, raw, change) => {
  let bytes = Buffer.from(raw);
  bytes = change(bytes, bytes.indexOf('PK\x01\x02'), bytes.lastIndexOf('PK\x05\x06')) ?? bytes;
  attempt(label, () => JSON.stringify([...new ZipBuffer(bytes)].map(([name, entry]) => [name, entry.contentSync().toString()])));
};
const both = (local, list, value, size) => (bytes, at) => {
  bytes.writeUIntLE(value, local, size);
  bytes.writeUIntLE(value, at + list, size);
};
const plain = archive(ZipEntry.createSync('abc', Buffer.from('hello'), store));
for (const [label, change] of Object.entries({
  'other flags': (bytes, at) => { bytes.writeUInt16LE(0x801, at + 8); },
  'other method': (bytes, at) => { bytes.writeUInt16LE(12, at + 10); },
  'other size': (bytes, at) => { bytes.writeUInt32LE(4, at + 24); },
  'second disk': (bytes, at, end) => { bytes.writeUInt16LE(1, end + 4); },
  'two entries': (bytes, at, end) => { bytes.writeUInt16LE(2, end + 8); bytes.writeUInt16LE(2, end + 10); },
  'long list': (bytes, at, end) => { bytes.writeUInt32LE(500, end + 12); },
  'far list': (bytes, at, end) => { bytes.writeUInt32LE(5000, end + 16); },
  'no list': (bytes, at) => { bytes[at] = 0; },
  'no header': (bytes) => { bytes[0] = 0; },
  'far header': (bytes, at) => { bytes.writeUInt32LE(5000, at + 42); },
  'short name in front': (bytes) => { bytes.writeUInt16LE(2, 26); },
  'long name in the list': (bytes, at) => { bytes.writeUInt16LE(500, at + 28); },
  'comment that is not there': (bytes, at, end) => { bytes.writeUInt16LE(5, end + 20); },
  'cut': (bytes) => bytes.subarray(0, -1),
  'two archives': (bytes) => Buffer.concat([bytes, bytes]),
  'junk in front': (bytes) => Buffer.concat([Buffer.from('junk'), bytes]),
  'junk behind': (bytes) => Buffer.concat([bytes, Buffer.from('junk')]),
  'wide size without the field': (bytes, at) => { bytes.writeUInt32LE(0xffffffff, at + 24); },
  'old name': (bytes, at) => { bytes[at + 46] = 0xe9; bytes.writeUInt16LE(0, at + 8); },
  'name that is no UTF-8': (bytes, at) => { bytes[at + 46] = 0xe9; },
  'archive in the comment': () => Buffer.concat([...createZipArchiveSync([], plain.toString('latin1'))]),
})) broken(label, plain, change);
for (const method of ['store', 'deflate', 'zstd']) {
  const raw = archive(ZipEntry.createSync('abc', Buffer.from('hello hello hello hello'), { method, modified }));
  for (const [label, change] of Object.entries({
    'encrypted': both(6, 8, 0x801, 2),
    'unknown method': both(8, 10, 12, 2),
    'shorter': both(22, 24, 4, 4),
    'longer': both(22, 24, 400, 4),
    'cut': both(18, 20, 3, 4),
    'out of bounds': both(18, 20, 5000, 4),
    'other sum': both(14, 16, 1, 4),
    'sizes behind': (bytes, at) => {
      both(6, 8, 0x808, 2)(bytes, at);
      bytes.fill(0, 14, 26);
    },
  })) broken(`${method}, ${label}:`, raw, change);
}

(async () => {
  // Streamed.
  const pieces = async function* () {
    yield Buffer.from('ab');
    yield Buffer.from('cd');
  };
  const streamed = ZipEntry.createStream('s.txt', pieces(), store);
  attempt('content', () => streamed.contentSync());
  attempt('size', () => streamed.size);
  attempt('sync', () => [...createZipArchiveSync([ZipEntry.createStream('s', pieces())])]);
  const chunks = await createZipArchive([streamed, text]).toArray();
  console.log(chunks.map((chunk) => chunk.length), Buffer.concat(chunks).toString('hex'));
  console.log(streamed.size, streamed.crc32, streamed.compressedSize);
  await streamed.content().catch((error) => console.log(error.code, error.message));
  const squeezed = await createZipArchive([ZipEntry.createStream('q', pieces(), { modified })]).toArray();
  console.log((await new ZipBuffer(Buffer.concat(squeezed)).get('q').content()).toString());
  for (const source of [['text'], (async function* () { throw new Error('from the source'); })()]) {
    await createZipArchive([ZipEntry.createStream('q', source)]).toArray().catch((error) => console.log(error.code, error.message));
  }
  const disposed = ZipEntry.createStream('q', pieces());
  disposed[Symbol.dispose]();
  await createZipArchive([disposed]).toArray().catch((error) => console.log(error.code, error.message));
  for (const method of ['store', 'deflate', 'zstd']) {
    const entry = await ZipEntry.create('m', Buffer.alloc(200000, 'y'), { method });
    let total = 0;
    for await (const chunk of entry.contentIterator()) total += chunk.length;
    console.log(method, total, (await entry.content()).length);
    await entry.content({ maxSize: 5 }).catch((error) => console.log(error.code, error.message));
  }
})();

'use strict';
const { pipeline } = require('stream/promises');
const { createGunzip, createGzip } = require('zlib');
const tar = require('tar-stream');

(async () => {
  const pack = tar.pack();
  pack.entry({ name: 'a.txt', mtime: new Date(0) }, 'alpha');
  pack.entry({ name: 'dir', type: 'directory', mtime: new Date(0) });
  const big = pack.entry({ name: `${'long/'.repeat(40)}b.bin`, size: 100_000, mtime: new Date(0) });
  big.end(Buffer.alloc(100_000, 7));
  big.on('finish', () => pack.finalize());
  const extract = tar.extract();
  extract.on('entry', (header, stream, next) => {
    let size = 0;
    stream.on('data', (chunk) => (size += chunk.length));
    stream.on('end', () => {
      console.log(header.type, header.name.length, header.size, size, header.mode.toString(8));
      next();
    });
  });
  await pipeline(pack, createGzip(), createGunzip(), extract);
  console.log('done');
})();

'use strict';
const { Readable } = require('stream');
const { pipeline } = require('stream/promises');
const zlib = require('zlib');

(async () => {
  for (const [there, back] of [['createGzip', 'createGunzip'], ['createDeflateRaw', 'createInflateRaw'], ['createBrotliCompress', 'createBrotliDecompress'], ['createZstdCompress', 'createZstdDecompress']]) {
    const parts = [];
    const source = Readable.from(Array.from({ length: 500 }, (_, index) => Buffer.from(`line ${index}\n`)));
    await pipeline(source, zlib[there](), zlib[back]({ chunkSize: 128 }), async (stream) => {
      for await (const part of stream) parts.push(part);
    });
    console.log(there, Buffer.concat(parts).length, Math.max(...parts.map((part) => part.length)));
  }
  const flushed = zlib.createGzip();
  const seen = [];
  flushed.pipe(zlib.createGunzip()).setEncoding('utf8').on('data', (text) => {
    seen.push(text);
    if (text === 'first') flushed.end('second');
    else console.log(seen, flushed.bytesWritten);
  });
  flushed.write('first');
  flushed.flush();
})();

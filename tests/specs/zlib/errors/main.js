'use strict';
const zlib = require('zlib');

const tries = {
  header: () => zlib.gunzipSync(Buffer.from('this is no gzip')),
  short: () => zlib.inflateSync(zlib.deflateSync('something long enough').subarray(0, 10)),
  sum: () => {
    const bytes = zlib.deflateSync('checked');
    bytes[bytes.length - 1] ^= 1;
    zlib.inflateSync(bytes);
  },
  dictionary: () => zlib.inflateSync(zlib.deflateSync('a dictionary', { dictionary: Buffer.from('a dictionary') })),
  large: () => zlib.gunzipSync(zlib.gzipSync('x'.repeat(1000)), { maxOutputLength: 10 }),
  zstd: () => zlib.zstdDecompressSync(Buffer.from('no zstd at all')),
  level: () => zlib.createDeflate({ level: 10 }),
  chunk: () => zlib.createDeflate({ chunkSize: 1 }),
  input: () => zlib.gzipSync(5),
  callback: () => zlib.gzip('x'),
  parameter: () => zlib.createBrotliCompress({ params: { 99: 1 } }),
};
for (const [name, act] of Object.entries(tries)) {
  try {
    console.log(name, act());
  } catch ({ code, errno, message }) {
    console.log(name, code, errno, message);
  }
}
zlib.createGunzip().on('error', ({ code, message }) => console.log('stream', code, message)).on('close', () => console.log('closed')).end('nonsense here');

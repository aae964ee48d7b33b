'use strict';
const zlib = require('zlib');

const text = 'hello compression '.repeat(5000);
(async () => {
  for (const [there, back] of [
    ['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'],
    ['brotliCompress', 'brotliDecompress'], ['zstdCompress', 'zstdDecompress'],
  ]) {
    const packed = zlib[`${there}Sync`](text);
    const later = await new Promise((resolve, reject) => {
      zlib[there](text, (error, bytes) => (error ? reject(error) : zlib[back](bytes, (error, plain) => resolve(error ?? plain.toString()))));
    });
    console.log(there, back, packed.length < 1000, zlib[`${back}Sync`](packed).toString() === text, later === text);
  }
  console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('world'), zlib.crc32('hello')));
  const dictionary = Buffer.from('hello compression');
  const packed = zlib.deflateSync('hello compression', { dictionary, level: 9 });
  console.log(zlib.inflateSync(packed, { dictionary }).toString());
  const { buffer, engine } = zlib.gzipSync('x', { info: true });
  console.log(zlib.gunzipSync(Buffer.concat([buffer, zlib.gzipSync('y'), Buffer.alloc(3)])).toString(), engine.constructor.name, engine.bytesWritten);
})();

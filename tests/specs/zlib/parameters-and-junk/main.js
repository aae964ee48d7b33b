'use strict';

// Parameters in two spellings or out of range; bytes behind the end, in a chunk of their own.

const zlib = require('zlib');

const { ZSTD_c_strategy, ZSTD_d_windowLogMax, BROTLI_PARAM_MODE } = zlib.constants;
for (const [make, params] of [
  [zlib.createZstdCompress, { [ZSTD_c_strategy]: 1, [`0${ZSTD_c_strategy}`]: 1 }],
  [zlib.createZstdCompress, { [ZSTD_c_strategy]: 130 }],
  [zlib.createZstdDecompress, { [ZSTD_d_windowLogMax]: 1 }],
  [zlib.createBrotliCompress, { [BROTLI_PARAM_MODE]: 1, [`0${BROTLI_PARAM_MODE}`]: 1 }],
]) {
  try {
    make({ params });
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

zlib.brotliDecompress(new Uint8Array([255, 255, 255]), (error) => console.log(error.code, error.message, error.errno));

(async () => {
  for (const format of ['gzip', 'deflate', 'deflate-raw', 'brotli']) {
    const compressed = await new Response(new Blob(['text']).stream().pipeThrough(new CompressionStream(format))).bytes();
    const writer = new DecompressionStream(format);
    const into = writer.writable.getWriter();
    for (const chunk of [compressed, new Uint8Array([1, 2, 3])]) into.write(chunk).catch(() => {});
    into.close().catch(() => {});
    try {
      for await (const chunk of writer.readable) console.log(format, Buffer.from(chunk).toString());
      console.log('no error');
    } catch (error) {
      console.log(format, error.name, error.code);
    }
  }
})();

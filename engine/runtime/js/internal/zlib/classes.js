'use strict';

// The classes of `zlib`: formats with their options (https://nodejs.org/api/zlib.html#class-options).

const { codes } = require('internal/errors');
const { constants } = require('internal/zlib/constants');
const { Handle, ZlibBase, checkedRange, isRefusal, toDictionary, zlibError } = require('internal/zlib/stream');

const {
  DEFLATE, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP, BROTLI_DECODE, BROTLI_ENCODE, ZSTD_COMPRESS,
  ZSTD_DECOMPRESS, Z_NO_FLUSH, Z_BLOCK, Z_FINISH, Z_FULL_FLUSH, Z_SYNC_FLUSH, Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS,
  Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL,
  Z_DEFAULT_STRATEGY, Z_FIXED, BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_EMIT_METADATA, BROTLI_OPERATION_FINISH,
  BROTLI_OPERATION_FLUSH, ZSTD_e_continue, ZSTD_e_end, ZSTD_e_flush,
} = constants;

function inherit(Class, Base) {
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
}

/** zlib's own formats. */
function Zlib(options, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (options) {
    // 0 lets the head of what is taken apart decide.
    const takesAny = mode === INFLATE || mode === GUNZIP || mode === UNZIP;
    if ((options.windowBits === undefined || options.windowBits === null || options.windowBits === 0) && takesAny) {
      windowBits = 0;
    } else {
      const least = mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS;
      windowBits = checkedRange(options.windowBits, 'options.windowBits', least, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = checkedRange(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = checkedRange(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = checkedRange(options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = toDictionary(options.dictionary);
  }
  const bits = windowBits === 0 ? Z_DEFAULT_WINDOWBITS : windowBits;
  ZlibBase.call(this, options, {
    flush: Z_NO_FLUSH,
    mostFlush: Z_BLOCK,
    finishFlush: Z_FINISH,
    fullFlush: Z_FULL_FLUSH,
    open: () => new Handle(mode, [bits, level, memLevel, strategy], dictionary, undefined, Boolean(options?.rejectGarbageAfterEnd)),
  });
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
inherit(Zlib, ZlibBase);

Object.defineProperty(Zlib.prototype, 'params', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  writable: true,
  value: function params(level, strategy, callback) {
    checkedRange(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
    checkedRange(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
    if (this._level === level && this._strategy === strategy) {
      process.nextTick(callback);
      return;
    }
    // What was written before is written out as it was to be.
    this.flush(Z_SYNC_FLUSH, () => {
      if (!this._handle) return;
      const result = this._handle.tune(level, strategy);
      if (isRefusal(result)) {
        this.destroy(zlibError(result));
        return;
      }
      this._level = level;
      this._strategy = strategy;
      callback?.();
    });
  },
});

function zlibClass(name, mode) {
  const Class = { [name]: function(options) {
    if (!(this instanceof Class)) return new Class(options);
    if (mode === DEFLATERAW && options?.windowBits === 8) options = { ...options, windowBits: 9 };
    Zlib.call(this, options, mode);
    return undefined;
  } }[name];
  inherit(Class, Zlib);
  return Class;
}

/** The numbers of `options.params` with their values in turn. */
function parameters(options, Invalid, allowed) {
  const numbers = [];
  const seen = new Set();
  for (const key of Object.keys(options?.params ?? {})) {
    const number = Number(key);
    // The same number in another spelling counts first.
    if (seen.has(number)) throw new Invalid(key);
    seen.add(number);
  }
  for (const key of Object.keys(options?.params ?? {})) {
    const number = Number(key);
    if (Number.isNaN(number) || !allowed.has(number)) throw new Invalid(key);
    const value = options.params[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    numbers.push(number, Number(value));
  }
  return numbers;
}

function numbersOf(prefix) {
  return new Set(Object.keys(constants).filter((name) => name.startsWith(prefix)).map((name) => constants[name]));
}

const known = {
  brotli: () => new Set([...numbersOf('BROTLI_PARAM_'), ...numbersOf('BROTLI_DECODER_PARAM_')]),
  zstdCompress: () => numbersOf('ZSTD_c_'),
  zstdDecompress: () => numbersOf('ZSTD_d_'),
};

function otherClass(name, mode, flushes, Invalid, allowed) {
  const Class = { [name]: function(options) {
    if (!(this instanceof Class)) return new Class(options);
    const numbers = parameters(options, codes[Invalid], known[allowed]());
    const size = options?.pledgedSrcSize;
    const dictionary = mode === ZSTD_COMPRESS || mode === ZSTD_DECOMPRESS ? toDictionary(options?.dictionary) : undefined;
    ZlibBase.call(this, options, {
      ...flushes,
      open: () => new Handle(mode, numbers, dictionary, size, Boolean(options?.rejectGarbageAfterEnd)),
    });
    return undefined;
  } }[name];
  inherit(Class, ZlibBase);
  return Class;
}

const brotliFlushes = {
  flush: BROTLI_OPERATION_PROCESS,
  mostFlush: BROTLI_OPERATION_EMIT_METADATA,
  finishFlush: BROTLI_OPERATION_FINISH,
  fullFlush: BROTLI_OPERATION_FLUSH,
};
const zstdFlushes = { flush: ZSTD_e_continue, mostFlush: ZSTD_e_end, finishFlush: ZSTD_e_end, fullFlush: ZSTD_e_flush };

module.exports = {
  Deflate: zlibClass('Deflate', DEFLATE),
  Inflate: zlibClass('Inflate', INFLATE),
  Gzip: zlibClass('Gzip', GZIP),
  Gunzip: zlibClass('Gunzip', GUNZIP),
  DeflateRaw: zlibClass('DeflateRaw', DEFLATERAW),
  InflateRaw: zlibClass('InflateRaw', INFLATERAW),
  Unzip: zlibClass('Unzip', UNZIP),
  BrotliCompress: otherClass('BrotliCompress', BROTLI_ENCODE, brotliFlushes, 'ERR_BROTLI_INVALID_PARAM', 'brotli'),
  BrotliDecompress: otherClass('BrotliDecompress', BROTLI_DECODE, brotliFlushes, 'ERR_BROTLI_INVALID_PARAM', 'brotli'),
  ZstdCompress: otherClass('ZstdCompress', ZSTD_COMPRESS, zstdFlushes, 'ERR_ZSTD_INVALID_PARAM', 'zstdCompress'),
  ZstdDecompress: otherClass('ZstdDecompress', ZSTD_DECOMPRESS, zstdFlushes, 'ERR_ZSTD_INVALID_PARAM', 'zstdDecompress'),
};

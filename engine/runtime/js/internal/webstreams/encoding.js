'use strict';

// TextEncoderStream and TextDecoderStream (https://encoding.spec.whatwg.org/#interface-textencoderstream).

const { TextDecoder, TextEncoder } = require('internal/encoding');
const { createTransform } = require('internal/webstreams/transform');
const { finish } = require('internal/webstreams/util');

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;

class TextEncoderStream {
  #pair;

  constructor() {
    const encoder = new TextEncoder();
    // The first half of a pair may come at the end of one chunk, and the second with the next.
    let pending = '';
    this.#pair = createTransform((chunk, enqueue) => {
      let text = pending + `${chunk}`;
      pending = '';
      if (text.length > 0 && isHigh(text.charCodeAt(text.length - 1))) {
        pending = text.at(-1);
        text = text.slice(0, -1);
      }
      if (text.length > 0) enqueue(encoder.encode(text));
    }, (enqueue) => {
      if (pending !== '') enqueue(encoder.encode(pending));
    });
  }

  get encoding() {
    void this.#pair;
    return 'utf-8';
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

class TextDecoderStream {
  #pair;
  #decoder;

  constructor(encoding = 'utf-8', options = {}) {
    this.#decoder = new TextDecoder(encoding, options);
    this.#pair = createTransform((chunk, enqueue) => {
      const text = this.#decoder.decode(chunk, { stream: true });
      if (text !== '') enqueue(text);
    }, (enqueue) => {
      const text = this.#decoder.decode();
      if (text !== '') enqueue(text);
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

finish(TextEncoderStream, ['encoding', 'readable', 'writable'], ({ encoding, readable, writable }) =>
  ({ encoding, readable, writable }));
finish(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'],
  ({ encoding, fatal, ignoreBOM, readable, writable }) => ({ encoding, fatal, ignoreBOM, readable, writable }));
// Node.js gives these two no tag.
for (const { prototype } of [TextEncoderStream, TextDecoderStream]) delete prototype[Symbol.toStringTag];

module.exports = { TextDecoderStream, TextEncoderStream };

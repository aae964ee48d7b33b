'use strict';

// `stream.compose` with web streams at both ends and between.
const { compose, Readable, Transform, Writable } = require('stream');
const upper = () => new TransformStream({ transform: (chunk, controller) => controller.enqueue(`${chunk}`.toUpperCase()) });
const twice = () => new Transform({ transform: (chunk, encoding, callback) => callback(null, chunk + chunk) });
const failing = () => new TransformStream({ transform: (chunk, controller) => controller.error(new Error('web')) });

(async () => {
  for (const [name, ...streams] of [
    ['web, web', upper(), new TransformStream({ transform: (chunk, controller) => controller.enqueue(`<${chunk}>`) })],
    ['node, web', twice(), upper()],
    ['web, node', upper(), twice()],
    ['web, function', upper(), async function* (source) { for await (const chunk of source) yield `${chunk}!`; }],
    ['web alone', upper()],
    ['failing, node', failing(), twice()],
    ['node, failing', twice(), failing()],
  ]) {
    const duplex = compose(...streams);
    duplex.end('one');
    let text = '';
    try {
      for await (const chunk of duplex) text += chunk;
      console.log(name, text);
    } catch (error) {
      console.log(name, error.name, error.message);
    }
  }
  const parts = [];
  const sink = compose(upper(), new WritableStream({ write: (chunk) => void parts.push(`${chunk}`) }));
  sink.end('to the end');
  await new Promise((resolve) => sink.on('finish', resolve));
  console.log(parts);
  const source = compose(ReadableStream.from(['a', 'b']), upper());
  console.log(await source.toArray().then((list) => list.map(String)), source.writable);
})();

'use strict';

// A pipe into something whose `write` throws; an end that came before anybody listened.

const { Readable, Transform, Writable } = require('stream');

const taker = () => new Transform({
  transform(chunk, encoding, done) {
    done(null, chunk);
  },
});

(async () => {
  const objects = Readable.from([{ a: 1 }, { b: 2 }]);
  const into = objects.pipe(taker());
  try {
    for await (const chunk of into) console.log(chunk);
  } catch (error) {
    console.log(error.code, into.destroyed, objects.destroyed);
  }

  const throws = new Writable({
    write() {
      throw new Error('no');
    },
  });
  const source = Readable.from(['a', 'b']);
  await new Promise((resolve) => {
    source.pipe(throws).on('error', (error) => console.log(error.message, throws.destroyed)).on('close', resolve);
  });

  const ended = new Readable({ read() {} });
  ended.push(null);
  ended.on('readable', () => console.log('readable', ended.read()));
  ended.on('end', () => console.log('end'));
})();

'use strict';

// Streams whose class has a method `open` of its own, as graceful-fs makes them; options that are inherited; positions
// past the end of all files; handles that were read once as a web stream.

const fs = require('fs');

function Reader(...args) {
  fs.ReadStream.call(this, ...args);
}
Object.setPrototypeOf(Reader.prototype, fs.ReadStream.prototype);
Object.setPrototypeOf(Reader, fs.ReadStream);
Reader.prototype.open = function open() {
  fs.open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      this.emit('error', error);
      return;
    }
    this.fd = fd;
    this.emit('open', fd);
    this.emit('ready');
  });
};

const watch = (name, stream) => new Promise((resolve) => {
  for (const event of ['open', 'ready', 'end', 'error', 'close']) {
    stream.on(event, (value) => console.log(name, event, value?.code ?? typeof value, stream.destroyed));
  }
  stream.on('data', (chunk) => console.log(name, String(chunk).slice(0, 12)));
  stream.on('close', resolve);
});

(async () => {
  await watch('there', new Reader(__filename));
  await watch('missing', new Reader('/does/not/exist'));
  await watch('inherited', fs.createReadStream(__filename, { __proto__: { start: 1, end: 10 } }));

  const handle = await fs.promises.open(__filename);
  for (const position of [2n ** 63n, 2n ** 63n - 2n, 2n ** 63n - 5n, -2n, 1.5]) {
    const { code, message } = await handle.read(Buffer.alloc(4), 0, 4, position).catch((error) => error);
    console.log(position, code, message);
  }
  console.log((await handle.read(new Uint8Array(), 0, 1, 0).catch((error) => error)).message);
  for await (const chunk of handle.readableWebStream()) console.log(chunk.byteLength > 0);
  try {
    handle.readableWebStream();
  } catch (error) {
    console.log(error.code);
  }
  await handle.close();

  const closed = await fs.promises.open(__filename);
  const reader = closed.readableWebStream().getReader();
  closed.close();
  console.log(await reader.closed);
})();

// Buffers large enough to be written where they lie: views of every kind, parts of them, what happens to them meanwhile.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { createHash } = require('crypto');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'large-'));
const file = path.join(folder, 'file');
const SIZE = 100_000;
const bytes = Buffer.alloc(SIZE);
for (let i = 0; i < SIZE; i++) bytes[i] = (i * 7) ^ (i >> 8);
const show = (name) => {
  const content = fs.readFileSync(file);
  console.log(name, content.length, createHash('md5').update(content).digest('hex'));
};

const shared = new Uint8Array(new SharedArrayBuffer(SIZE));
shared.set(bytes);
const resizable = new Uint8Array(new ArrayBuffer(SIZE, { maxByteLength: SIZE * 2 }));
resizable.set(bytes);
const memory = new WebAssembly.Memory({ initial: 2 });
const wasm = new Uint8Array(memory.buffer, 16, SIZE);
wasm.set(bytes);
const views = {
  bytes,
  part: bytes.subarray(1, SIZE - 1),
  view: new DataView(bytes.buffer, bytes.byteOffset, SIZE),
  words: new Uint32Array(bytes.buffer, bytes.byteOffset, SIZE / 4),
  shared, resizable, wasm,
};

for (const [name, view] of Object.entries(views)) {
  fs.writeFileSync(file, view);
  show(`writeFileSync ${name}`);
  const fd = fs.openSync(file, 'w');
  console.log(fs.writeSync(fd, view, 10, 50_000, 3), fs.writeSync(fd, view), fs.writevSync(fd, [view, view], 20));
  fs.closeSync(fd);
  show(`writeSync ${name}`);
}

const promises = async () => {
  for (const [name, view] of Object.entries(views)) {
    await fs.promises.writeFile(file, view);
    await fs.promises.appendFile(file, view);
    show(`promises ${name}`);
  }
  // The memory is the file's until the operation ends, whatever becomes of the buffer.
  const given = new Uint8Array(bytes);
  const writing = fs.promises.writeFile(file, given);
  const taken = given.buffer.transfer();
  console.log(given.length, taken.byteLength);
  await writing;
  show('transferred');
  const grown = fs.promises.writeFile(file, wasm);
  memory.grow(1);
  await grown;
  show('grown');
  let left = 20;
  const started = [];
  while (left-- > 0) started.push(fs.promises.writeFile(path.join(folder, `${left}`), new Uint8Array(bytes)));
  await Promise.all(started);
  for (let i = 0; i < 20; i++) {
    if (!fs.readFileSync(path.join(folder, `${i}`)).equals(bytes)) console.log('not the same', i);
  }
};

promises().then(() => {
  const stream = fs.createWriteStream(file);
  for (let i = 0; i < 20; i++) stream.write(bytes.subarray(i));
  stream.end(() => {
    show('stream');
    const source = fs.createReadStream(file, { start: 5, end: 150_000 });
    const sizes = [];
    source.on('data', (chunk) => {
      sizes.push([chunk.length, chunk.byteOffset, chunk.buffer.byteLength, Buffer.isBuffer(chunk), chunk.constructor === Buffer]);
    });
    source.on('close', () => {
      console.log(sizes, source.bytesRead);
      fs.rmSync(folder, { recursive: true });
    });
  });
});

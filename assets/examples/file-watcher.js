// A watcher that keeps an index of a folder: the system says what changed, the thread pool reads it.
//
// Changes arrive in bursts. The watcher waits until it is quiet for a moment, and then looks at each file once.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { setTimeout: sleep } = require('timers/promises');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watched-'));
const index = new Map();
const changed = new Set();
let quiet;

async function look(name) {
  try {
    const text = await fs.promises.readFile(path.join(folder, name), 'utf8');
    index.set(name, text.split(/\s+/).filter(Boolean).length);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    index.delete(name);
  }
}

async function update() {
  const names = [...changed].sort();
  changed.clear();
  await Promise.all(names.map(look));
  console.log('looked at', names.join(', '), '→', Object.fromEntries([...index].sort()));
}

const watcher = fs.watch(folder, function noticed(event, name) {
  changed.add(name);
  clearTimeout(quiet);
  quiet = setTimeout(update, 30);
});

/** Somebody works in the folder. */
async function somebody() {
  await fs.promises.writeFile(path.join(folder, 'a.txt'), 'one two three');
  await fs.promises.writeFile(path.join(folder, 'b.txt'), 'four');
  await sleep(120);
  for (const word of ['five', 'six', 'seven']) await fs.promises.appendFile(path.join(folder, 'b.txt'), ` ${word}`);
  await sleep(120);
  await fs.promises.rename(path.join(folder, 'a.txt'), path.join(folder, 'c.txt'));
  await sleep(120);
  await fs.promises.rm(path.join(folder, 'b.txt'));
  await sleep(120);
  watcher.close();
  fs.rmSync(folder, { recursive: true });
  console.log('done');
}
somebody();

'use strict';

// Blobs of files are read when somebody asks, and not any more once the file has changed.

const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'blob-'));
const file = path.join(folder, 'file.txt');
const attempt = async (name, act) => {
  try {
    console.log(name, await act());
  } catch (error) {
    console.log(name, error.name, error.code, error.message.replaceAll(folder, 'FOLDER'));
  }
};
const chunks = async (blob) => (await Array.fromAsync(blob.stream(), (chunk) => chunk.length)).join();

(async () => {
  fs.writeFileSync(file, `${'x'.repeat(100_000)}end`);
  const blob = await fs.openAsBlob(file, { type: 'text/Plain' });
  console.log(blob, blob instanceof Blob, fs.openAsBlobSync(file).size);
  await attempt('text', async () => (await blob.text()).slice(-4));
  await attempt('slice', () => blob.slice(-4, -1).text());
  await attempt('slices', () => blob.slice(99_990).slice(5, 12).slice(1).text());
  await attempt('chunks', () => chunks(blob));
  await attempt('parts', async () => {
    const joined = new Blob(['<', blob.slice(-3), '>', blob.slice(99_999, 100_001)]);
    return [joined.size, await joined.text(), await joined.slice(2, 6).text(), await chunks(joined)];
  });
  await attempt('clone', () => structuredClone(blob));
  await attempt('address', async () => (await (await fetch(URL.createObjectURL(blob.slice(-3)))).text()));
  await attempt('response', async () => (await new Response(blob).bytes()).length);
  await attempt('file', async () => (await new File([blob.slice(-3)], 'name').text()));
  await attempt('byob', async () => {
    const reader = blob.stream().getReader({ mode: 'byob' });
    const { value } = await reader.read(new Uint8Array(10));
    await reader.cancel();
    return value.length;
  });

  fs.appendFileSync(file, 'more');
  for (const method of ['text', 'arrayBuffer', 'bytes']) await attempt(method, () => blob[method]());
  await attempt('stream', () => chunks(blob));
  const later = await fs.openAsBlob(file);
  await attempt('changed meanwhile', async () => {
    for await (const chunk of later.stream()) fs.appendFileSync(file, String(chunk.length));
  });
  const gone = await fs.openAsBlob(file);
  fs.unlinkSync(file);
  await attempt('gone', () => gone.text());
  await attempt('none', () => fs.openAsBlob(file));
  fs.writeFileSync(file, '');
  const empty = await fs.openAsBlob(file);
  await attempt('empty', async () => [empty.size, await empty.text()]);
  fs.writeFileSync(file, 'no longer');
  await attempt('not empty', () => empty.text());
  fs.rmSync(folder, { recursive: true });
})();

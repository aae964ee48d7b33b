// Signals end reading and writing of whole files.
const fs = require('fs');
const file = require('path').join(require('os').tmpdir(), 'abort.txt');
fs.writeFileSync(file, 'content');
const shown = (e) => `${e.name} ${e.code} ${e.message} ${e.cause}`;
const aborted = AbortSignal.abort('why');
fs.readFile(file, { signal: aborted }, (e, data) => console.log('readFile', shown(e), data));
fs.writeFile(file, 'x', { signal: aborted }, (e) => console.log('writeFile', shown(e)));
console.log('before');
for (const run of [() => fs.readFile(file, { signal: 5 }, () => {}), () => fs.readFileSync(file, { signal: 5 }), () => fs.writeFile(file, 'x', { signal: {} }, () => {})]) try { run(); } catch (e) { console.log(e.message); }
const controller = new AbortController();
setTimeout(() => fs.readFile(file, { signal: controller.signal }, (e) => {
  console.log('later', shown(e));
  (async () => {
    for (const run of [() => fs.promises.readFile(file, { signal: aborted }), () => fs.promises.writeFile(file, 'x', { signal: aborted }), () => fs.promises.appendFile(file, 'x', { signal: aborted }), () => fs.promises.writeFile(file, ['a', 'b'], { signal: aborted })])
      await run().catch((e) => console.log('promise', shown(e)));
    const handle = await fs.promises.open(file);
    await handle.readFile({ signal: aborted }).catch((e) => console.log('handle', shown(e)));
    await handle.close();
    const late = new AbortController();
    const reading = fs.promises.readFile(file, { signal: late.signal, encoding: 'utf8' });
    late.abort();
    await reading.catch((e) => console.log(shown(e)));
    console.log(fs.readFileSync(file, 'utf8'));
  })();
}), 50);
setTimeout(() => controller.abort('later'), 50);

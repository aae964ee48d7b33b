// process.stdout is a Writable: events, pipe, pipeline, cork, and that it stays open.
const { Readable, Writable, pipeline, finished } = require('stream');
const { stdout } = process;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  console.log(stdout instanceof Writable, stdout.writable, stdout.writableEnded, stdout.destroyed, stdout.writableObjectMode, stdout.writableCorked, stdout.writableLength, typeof stdout.getWindowSize);
  stdout.on('pipe', () => console.log('pipe')).on('unpipe', () => console.log('unpipe'));
  Readable.from(['one\n', 'two\n']).pipe(stdout);
  await wait(25);
  console.log(stdout.writableEnded);
  stdout.cork();
  stdout.write('corked ');
  console.log('while corked');
  stdout.uncork();
  stdout.write('é\n', 'latin1', (e) => console.log('written', e));
  await wait(25);
  for (const bad of [null, 5, {}]) try { stdout.write(bad); } catch (e) { console.log(e.code, e.message); }
  try { stdout.write('x', 'nope'); } catch (e) { console.log(e.code, e.message); }
  const { write } = stdout;
  const kept = [];
  stdout.write = (chunk) => { kept.push(chunk); return true; };
  console.log('kept');
  stdout.write = write;
  console.log(kept);
  pipeline(Readable.from(['last\n']), stdout, { end: false }, () => {});
})().catch((e) => console.log(e.code, e.message));

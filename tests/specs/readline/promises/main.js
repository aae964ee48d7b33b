// The promises API: questions, and movements that are written together.
const { createInterface, Readline } = require('readline/promises');
const { PassThrough, Writable } = require('stream');
let text = '';
const output = new Writable({ write(chunk, encoding, done) { text += chunk; done(); } });
(async () => {
  const input = new PassThrough();
  const rl = createInterface({ input, output });
  const answer = rl.question('name? ');
  input.write('bob\n');
  console.log(await answer, JSON.stringify(text));
  const stop = new AbortController();
  const asked = rl.question('x? ', { signal: stop.signal });
  stop.abort();
  await asked.catch((e) => console.log(e.name, e.code, e.message));
  await rl.question('x? ', { signal: AbortSignal.abort('why') }).catch((e) => console.log(e.name, e.cause));
  rl.close();
  await rl.question('x').catch((e) => console.log(e.code, e.message));
  text = '';
  const moves = new Readline(output);
  moves.cursorTo(1, 2).moveCursor(1, 1).clearLine(-1).clearScreenDown();
  console.log(JSON.stringify(text), moves);
  await moves.commit();
  moves.cursorTo(1).rollback();
  await moves.commit();
  new Readline(output, { autoCommit: true }).cursorTo(5);
  await null;
  console.log(JSON.stringify(text));
  for (const f of [() => new Readline(5), () => moves.cursorTo('x'), () => moves.cursorTo(1, 'x'), () => moves.moveCursor(1), () => moves.clearLine(2), () => new Readline(output, { autoCommit: 5 })]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
})();

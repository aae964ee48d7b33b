// Where lines end, and in which order the events come.
const readline = require('readline');
const { PassThrough } = require('stream');
const tick = () => new Promise((resolve) => setImmediate(resolve));
(async () => {
  const input = new PassThrough();
  const rl = readline.createInterface({ input });
  for (const name of ['line', 'close', 'pause', 'resume', 'history']) rl.on(name, (value) => console.log(name, JSON.stringify(value)));
  for (const chunk of ['a\nb\r\nc\rd\n\nx', 'y\u2028z\r', '\nq', Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a]), 'last']) {
    input.write(chunk);
    await tick();
  }
  rl.pause(); rl.pause(); rl.resume();
  input.end();
  await tick();
  console.log(rl.closed, rl.paused, rl.line, rl.cursor, rl.terminal);
  for (const f of [() => rl.question('x', () => {}), () => rl.prompt(), () => rl.write('x'), () => rl.pause(), () => rl.close()]) try { console.log(f()); } catch (e) { console.log(e.code, e.message); }
  const other = new PassThrough();
  setImmediate(() => other.end('1\n2\n3'));
  for await (const line of readline.createInterface({ input: other })) console.log('read', line);
  const third = new PassThrough();
  third.end('1\n2\n3');
  const lines = readline.createInterface({ input: third });
  for await (const line of lines) { console.log('once', line); break; }
  console.log(lines.closed);
})();

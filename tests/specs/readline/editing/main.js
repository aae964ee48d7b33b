// What keys do in a terminal: the text that is written, the line, the cursor, the history.
const readline = require('readline');
const { PassThrough, Writable } = require('stream');
const tick = () => new Promise((resolve) => setImmediate(resolve));
let text = '';
const output = new Writable({ write(chunk, encoding, done) { text += chunk; done(); } });
output.columns = 20;
(async () => {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, output, terminal: true, prompt: '> ', history: ['h2', 'h1'], historySize: 5 });
  rl.on('line', (line) => console.log('line', JSON.stringify(line)));
  rl.on('history', (history) => console.log('history', history));
  rl.on('SIGINT', () => console.log('SIGINT'));
  rl.prompt();
  for (const keys of ['abc', '\x1b[D', 'X', '\x1b[H', 'Y', '\x1b[F', 'Z', '\x7f', '\r', '\x1b[A', '\x1b[A', '\x1b[B', '\r', '\x03', 'foo bar', '\x17', '\x15', 'q\x0b', '\t', '日本\x1b[D!', '\n', 'a b\x1bb\x1bd', '\r', '\x19', '\r', '\x0c', 'a long line that wraps around', '\x01', '\x1b[1;5C', '\x1b[3~', '\x1f', '\x1e', '\x1b[F', '\r', 'h', '\x1b[A', '\x1b[A', '\x15', 'one\ntwo\nthree', '\x15', '\x04']) {
    input.write(keys);
    await tick();
    console.log(JSON.stringify(keys), JSON.stringify(text), JSON.stringify(rl.line), rl.cursor, rl.getCursorPos());
    text = '';
  }
  console.log(rl.history, rl.closed);
})();

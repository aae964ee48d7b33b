// Tab completion: with a result, with a callback, with an error.
const readline = require('readline');
const { PassThrough, Writable } = require('stream');
const tick = () => new Promise((resolve) => setImmediate(resolve));
const words = ['apple', 'apricot', 'banana', 'band'];
const find = (line) => [words.filter((word) => word.startsWith(line)), line];
(async () => {
  for (const completer of [find, (line, done) => setImmediate(done, null, find(line)), (line, done) => done(new Error('no'))]) {
    let text = '';
    const output = new Writable({ write(chunk, encoding, done) { text += chunk; done(); } });
    output.columns = 40;
    const input = new PassThrough();
    const rl = readline.createInterface({ input, output, terminal: true, completer });
    for (const keys of ['a', '\t', '\t', '\t', 'p', '\t', 'r', '\t', '\r', 'zz\t', '\r', '\t', '\t', 'b\tn']) {
      input.write(keys);
      await tick(); await tick();
      console.log(JSON.stringify(keys), JSON.stringify(text.replace(/\n +at .*/g, '')), JSON.stringify(rl.line));
      text = '';
    }
    rl.close();
  }
})();

// Prompts and questions, one after the other and at once.
const readline = require('readline');
const { PassThrough, Writable } = require('stream');
const tick = () => new Promise((resolve) => setImmediate(resolve));
let text = '';
const output = new Writable({ write(chunk, encoding, done) { text += chunk; done(); } });
(async () => {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, output, prompt: 'P> ' });
  rl.on('line', (line) => { console.log('line', line); rl.prompt(); });
  rl.prompt();
  input.write('one\n'); await tick();
  rl.question('Q? ', (answer) => console.log('answer', answer));
  rl.question('not asked ', (answer) => console.log('never', answer));
  input.write('two\nthree\n'); await tick();
  rl.setPrompt('Z'); rl.prompt(); rl.write('hello\n'); await tick();
  console.log(JSON.stringify(text), rl.getPrompt());
  const asked = require('util').promisify(rl.question).call(rl, 'promised? ');
  input.write('yes\n');
  console.log(await asked);
  rl.close();
})();

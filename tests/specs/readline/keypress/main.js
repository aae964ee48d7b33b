// The keypress events of sequences.
const readline = require('readline');
const { PassThrough } = require('stream');
const input = new PassThrough();
readline.emitKeypressEvents(input);
input.on('keypress', (text, key) => console.log(JSON.stringify(text), JSON.stringify(key)));
(async () => {
  for (const keys of ['a', 'A', '1', '\r', '\n', '\t', '\x7f', '\b', '\x1b', '\x1b[A', '\x1bOA', '\x1bO5A', '\x1b[1;5C', '\x1b[3~', '\x1b[15~', '\x1bf', '\x1bF', '\x01', '\x1a', '\x1b[Z', 'é', '日', '😀', '\x1b[200~', '\x1b[24;2~', ' ', '\x00', '\x1b[[A', '\x1b\x1b[A', '\x1b[1;2P', 'ab', '\x1b[x', '\x1b[2^', '\x1bOd', '\x1b[5$', Buffer.from([0xc3]), Buffer.from([0xa9])]) {
    input.write(keys);
    await new Promise((resolve) => setTimeout(resolve, keys === '\x1b' ? 700 : 0));
  }
})();

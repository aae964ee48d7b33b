const fs = require('node:fs');
const { PassThrough } = require('node:stream');
async function read() {
  const text = await fs.promises.readFile(__filename, 'utf8');
  return text.length;
}
function write() {
  const pass = new PassThrough();
  pass.write('a');
  fs.readFile(__filename, function got() {
    read();
  });
  return pass;
}
setTimeout(function later() {
  write();
}, 1);

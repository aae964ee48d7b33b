const fs = require('fs');
async function load(name) {
  const text = await fs.promises.readFile(name, 'utf8');
  return text.length;
}
load('commands.txt').then((length) => console.log(length > 0));
fs.promises.stat(__filename).then(() => setTimeout(function later() {}, 1));

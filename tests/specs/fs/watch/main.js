// fs.watch tells that a file was changed.
const fs = require('fs');
const path = require('path');
const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'w-'));
const watcher = fs.watch(dir, (type, name) => {
  console.log(typeof type, name);
  watcher.close();
});
watcher.on('close', () => console.log('close'));
setTimeout(() => fs.writeFileSync(path.join(dir, 'new.txt'), 'x'), 50);

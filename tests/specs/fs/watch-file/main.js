// fs.watchFile looks at a file every so often.
const fs = require('fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'wf-')));
for (const args of [['x'], ['x', 5], [], ['x', { interval: -1 }, () => {}], ['x', {}, 5]]) try { fs.watchFile(...args); } catch (e) { console.log(e.name, e.code, e.message); }
try { fs.unwatchFile(); } catch (e) { console.log(e.message); }
console.log(fs.unwatchFile('not watched'));
(async () => {
  const listener = (now, before) => console.log('changed', now.size, before.size, now.constructor.name);
  fs.writeFileSync('wf', '1');
  const watcher = fs.watchFile('wf', { interval: 20 }, listener);
  console.log(watcher.constructor.name, watcher === fs.watchFile('./wf', { interval: 20 }, () => console.log('second listener')));
  await sleep(100);
  fs.writeFileSync('wf', '123');
  await sleep(150);
  fs.unlinkSync('wf');
  await sleep(150);
  fs.writeFileSync('wf', '12');
  await sleep(150);
  fs.unwatchFile('wf', listener);
  fs.writeFileSync('wf', '1');
  await sleep(150);
  watcher.on('stop', () => console.log('stop'));
  fs.unwatchFile('wf');
  fs.watchFile('nothing', { interval: 20 }, (now, before) => console.log('nothing', now.size, before.size, now.ino, now.nlink));
  await sleep(100);
  fs.unwatchFile('nothing');
  fs.watchFile('wf', { interval: 20, bigint: true }, (now, before) => { console.log(now.size, before.size); fs.unwatchFile('wf'); });
  await sleep(100);
  fs.writeFileSync('wf', '12345');
  await sleep(150);
  const idle = fs.watchFile('wf', { interval: 20, persistent: false }, () => {});
  console.log(idle.ref() === idle, idle.unref() === idle);
})();

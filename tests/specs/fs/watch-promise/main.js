// fs.promises.watch: an iterator that a signal or a break ends.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'wp-')));
fs.mkdirSync('d');
(async () => {
  const controller = new AbortController();
  setTimeout(() => fs.writeFileSync('d/one', ''), 40);
  setTimeout(() => controller.abort(), 120);
  try { for await (const event of fs.promises.watch('d', { signal: controller.signal })) if (event.eventType === 'rename') console.log(event); } catch (e) { console.log(e.name, e.code, e.message); }
  setTimeout(() => fs.writeFileSync('d/two', ''), 40);
  for await (const event of fs.promises.watch('d')) { console.log(event); break; }
  for (const args of [['missing'], [5], ['d', 5], ['d', { persistent: 5 }], ['d', { recursive: 5 }], ['d', { encoding: 'zz' }], ['d', { maxQueue: 'x' }], ['d', { overflow: 'x' }], ['d', { signal: 5 }], ['d', { ignore: 5 }], ['d', { signal: AbortSignal.abort() }]])
    try { for await (const event of fs.promises.watch(...args)) console.log(event); } catch (e) { console.log(e.name, e.code, e.message); }
})();

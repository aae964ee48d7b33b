// fs.watch: folders in the folder, also those made later.
const fs = require('fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'wr-')));
fs.mkdirSync('r/a', { recursive: true });
(async () => {
  const seen = new Set();
  const w = fs.watch('r', { recursive: true }, (type, name) => seen.add(name));
  await sleep(100);
  const step = async (label, run) => {
    run();
    await sleep(150);
    console.log(label, [...seen].sort());
    seen.clear();
  };
  await step('file', () => fs.writeFileSync('r/x', '1'));
  await step('inner file', () => fs.writeFileSync('r/a/y', '1'));
  await step('inner change', () => fs.appendFileSync('r/a/y', '2'));
  await step('new folder', () => fs.mkdirSync('r/b'));
  await step('file in the new folder', () => fs.writeFileSync('r/b/z', '1'));
  await step('removed', () => fs.unlinkSync('r/a/y'));
  await step('renamed', () => fs.renameSync('r/x', 'r/x2'));
  w.close();
  await step('after the end', () => fs.writeFileSync('r/x3', '1'));
})();

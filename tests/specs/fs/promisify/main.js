// util.promisify of fs functions.
const fs = require('fs');
const { promisify } = require('util');
const file = require('path').join(require('os').tmpdir(), 'pf.txt');
fs.writeFileSync(file, 'hello');
(async () => {
  const fd = await promisify(fs.open)(file, 'r+');
  console.log(await promisify(fs.read)(fd, Buffer.alloc(3), 0, 3, 0), await promisify(fs.readv)(fd, [Buffer.alloc(2)], 0));
  console.log(await promisify(fs.write)(fd, 'J', 0), await promisify(fs.writev)(fd, [Buffer.from('!')], 5));
  console.log(await promisify(fs.close)(fd), await promisify(fs.readFile)(file, 'utf8'), await promisify(fs.exists)(file), await promisify(fs.exists)('missing'), await promisify(fs.exists)());
  await promisify(fs.stat)('missing').catch((e) => console.log(e.message, e instanceof Error));
  console.log((await promisify(fs.stat)(file)).size, await promisify(fs.mkdtemp)(`${file}-`).then((d) => d.length - file.length));
})();

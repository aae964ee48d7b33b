'use strict';
const { tmpdir } = require('os');
const { join } = require('path');
const fs = require('fs-extra');

(async () => {
  const root = await fs.mkdtemp(join(tmpdir(), 'extra-'));
  await fs.outputJson(join(root, 'a/b/c.json'), { x: [1] }, { spaces: 2 });
  console.log(await fs.readFile(join(root, 'a/b/c.json'), 'utf8'), await fs.readJson(join(root, 'a/b/c.json')));
  await fs.copy(join(root, 'a'), join(root, 'copy'), { filter: (from) => !from.endsWith('.tmp') });
  await fs.move(join(root, 'copy'), join(root, 'moved'));
  await fs.ensureSymlink(join(root, 'moved'), join(root, 'link'));
  console.log(await fs.pathExists(join(root, 'copy')), await fs.pathExists(join(root, 'link/b/c.json')));
  await fs.emptyDir(join(root, 'moved'));
  console.log((await fs.readdir(root)).sort(), (await fs.readdir(join(root, 'moved'))).length);
  await fs.remove(root);
  console.log(fs.existsSync(root), await fs.readJson(join(root, 'none.json'), { throws: false }).catch((error) => error.code));
})();

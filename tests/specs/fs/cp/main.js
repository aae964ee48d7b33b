// cp: what it copies, what it refuses, and how it says so.
const fs = require('fs');
const path = require('path');
const root = fs.mkdtempSync(path.join(require('os').tmpdir(), 'cp-'));
const setUp = (name) => {
  fs.mkdirSync(path.join(root, name, 'src/sub'), { recursive: true });
  process.chdir(path.join(root, name));
  fs.writeFileSync('src/a', 'A');
  fs.writeFileSync('src/sub/b', 'B', { mode: 0o751 });
  fs.symlinkSync('a', 'src/link');
  fs.writeFileSync('file', 'F');
  fs.utimesSync('file', 100, 200);
  fs.mkdirSync('dst');
  fs.writeFileSync('dst/a', 'old');
  fs.symlinkSync('file', 'flink');
};
const show = (p) => {
  const stat = fs.lstatSync(p, { throwIfNoEntry: false });
  if (!stat) return 'nothing';
  if (stat.isDirectory()) return Object.fromEntries(fs.readdirSync(p).map((n) => [n, show(path.join(p, n))]));
  if (stat.isSymbolicLink()) return `-> ${path.relative(process.cwd(), path.resolve(path.dirname(p), fs.readlinkSync(p)))}`;
  return `${fs.readFileSync(p)} ${(stat.mode & 0o777).toString(8)}${stat.mtimeMs < 1e6 ? ` ${stat.mtimeMs}` : ''}`;
};
const cases = [
  ['file', 'new', {}], ['file', 'deep/er/new', {}], ['file', 'dst', {}], ['src', 'new', {}], ['src', 'new', { recursive: true }],
  ['src', 'dst', { recursive: true }], ['src', 'dst', { recursive: true, force: false }],
  ['src', 'dst', { recursive: true, force: false, errorOnExist: true }], ['file', 'dst/a', { force: false, errorOnExist: true }],
  ['src', 'src/sub/x', { recursive: true }], ['src', 'src', { recursive: true }], ['src', 'file', { recursive: true }],
  ['missing', 'new', {}], ['flink', 'new', {}], ['flink', 'new', { verbatimSymlinks: true }], ['src', 'new', { recursive: true, dereference: true }],
  ['flink', 'new', { dereference: true, verbatimSymlinks: true }], ['file', 'new', { preserveTimestamps: true }], ['file', 'dst/a', { mode: 1 }],
  ['src', 'new', { recursive: true, filter: (s) => !s.endsWith('b') }], ['file', 'dst/a', { filter: async () => false }], ['file', 'new', { recursive: 1 }],
];
(async () => {
  let n = 0;
  for (const [src, dest, options] of cases) {
    setUp(String(n++));
    const what = `${src} ${dest} ${JSON.stringify(options)}`;
    try {
      console.log(what, await fs.promises.cp(src, dest, options), show(dest));
    } catch (e) {
      console.log(what, [e.name, e.code, e.message, e.syscall, e.errno, e.path, e.info].map(String).join(' | '));
    }
  }
})();

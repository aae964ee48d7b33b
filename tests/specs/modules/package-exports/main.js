// exports maps: conditions, patterns, null targets, what is not exported, the package itself.
const attempts = ['pkg', 'pkg/sub', 'pkg/features/x.js', 'pkg/features/private/y.js', 'pkg/internal.js', 'pkg/package.json',
  'pkg/cond', 'pkg/array', 'pkg/outside', 'string-exports', 'string-exports/index.js', 'no-match', 'missing-target'];
for (const name of attempts) {
  try {
    console.log(name, '→', require(name));
  } catch (error) {
    console.log(name, '→', error.code, error.message.split('\n')[0]);
  }
}

// The same package from an ES module: the import condition, and its errors.
for (const name of ['pkg', 'pkg/sub', 'pkg/hidden', 'pkg/pattern/a', 'pkg/null/x', 'nope', 'pkg/missing', '@scope']) {
  try {
    console.log(name, '→', (await import(name)).default);
  } catch (error) {
    console.log(name, '→', error.name, error.code, error.message);
  }
}

// What import.meta holds.
console.log(import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main);
console.log(import.meta.resolve('./x.mjs'), import.meta.resolve('node:fs'), import.meta.resolve('fs'));
console.log(import.meta.resolve('pkg'), import.meta.resolve('./a b.mjs?q=1#h'), Object.keys(import.meta), Object.getPrototypeOf(import.meta));
for (const name of ['missing', 'pkg/nope']) {
  try {
    console.log(import.meta.resolve(name));
  } catch (error) {
    console.log(error.code, error.message);
  }
}
const other = await import('./other.mjs');
console.log(other.default);

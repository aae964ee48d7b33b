// Dynamic imports that fail, caught.
const names = ['./missing.mjs', 'missing-package', './folder', './no-extension', 'node:nope', 'http://x.test/a.js', 'data:text/plain,x',
  './text.txt', './data.json', './throws.mjs', './syntax.mjs', './no-export.mjs', 'unknown:thing'];
for (const name of names) {
  try {
    await import(name);
    console.log(name, 'loaded');
  } catch (error) {
    console.log(name, '→', error.name, error.code, error.message);
  }
}
